# ruff: noqa: E501 - an attack keeps the lines that it has in its notebook
"""Attacks on what lies outside: files, other processes, the network, the kernel."""

from tests.hostile.attack import Attack

MACHINE = """
import ctypes, glob, os, signal, socket, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
PIDS = [1, 2, 3, os.getppid(), *range(GRADER - 20, GRADER + 60)]
def must(result):
    if result < 0: raise OSError(ctypes.get_errno())
    return result
"""
WRITE = """
def write(path, mode="w"):
    with open(path, mode) as file:
        file.write("import os")
    return path
"""


def reach(name: str, tries: str, cell: str, keeps: bool = True) -> Attack:
    return Attack(name, tries, "machine", MACHINE + cell, keeps=keeps)


def change(name: str, tries: str, cell: str) -> Attack:
    return Attack(name, tries, "others", MACHINE + WRITE + cell)


WRITING = (
    change("write_outside", "writes into every folder that it can name",
        "for folder in (COURSE, COURSE + '/submitted', '/', '/tmp', '/var/tmp', '/dev/shm', '/home',\n"
        "        '/root', '/etc', '/usr/lib', '/proc', '/runtime', '..', os.path.dirname(os.__file__)):\n"
        "    attempt('write', lambda: write(folder + '/breach-file'))"),
    change("change_course", "changes, renames, removes and truncates the course's files",
        "for path in (COURSE + '/gradebook.db', COURSE + '/course_secret', COURSE + '/submitted'):\n"
        "    attempt('append', lambda: write(path, 'a'))\n"
        "    attempt('rename', lambda: os.rename(path, path + '-breach') or 'renamed')\n"
        "    attempt('remove', lambda: os.unlink(path) or 'removed')\n"
        "    attempt('truncate', lambda: os.truncate(path, 0) or 'truncated')\n"
        "    attempt('rmdir', lambda: os.rmdir(path) or 'removed')"),
    change("change_modes", "changes owners, modes and times of the course's files",
        "for path in (COURSE + '/gradebook.db', COURSE + '/course_secret', COURSE, GRADER):\n"
        "    attempt('chmod', lambda: os.chmod(path, 0o777) or 'changed')\n"
        "    attempt('chown', lambda: os.chown(path, 1000, 1000) or 'changed')\n"
        "    attempt('utime', lambda: os.utime(path, (0, 0)) or 'changed')\n"
        "    attempt('xattr', lambda: os.setxattr(path, 'user.a', b'1') or 'changed')"),
    change("config_files", "leaves configuration for IPython and matplotlib",
        "for path in ('/.ipython/profile_default/startup/0.py', '/matplotlibrc', '/.pythonrc'):\n"
        "    for home in ('/root', '/home', os.path.expanduser('~'), COURSE):\n"
        "        attempt('config', lambda: write(home + path))"),
    change("python_start_files", "leaves *.pth, sitecustomize.py and numpy.py for the next start",
        "for folder in [*sys.path, os.path.dirname(np.__file__), COURSE, sys.prefix]:\n"
        "    for name in ('a.pth', 'sitecustomize.py', 'usercustomize.py', 'numpy.py'):\n"
        "        if folder and not folder.startswith(os.getcwd()):\n"
        "            attempt('start file', lambda: write(os.path.join(folder, name)))"),
    change("own_shadows", "leaves numpy.py and sitecustomize.py in its own folder",
        "for name in ('numpy.py', 'sitecustomize.py', 'json.py', 'check.py'): write(name)"),
    change("zygote_memory", "writes into the memory of its parent and of siblings",
        "class Vector(ctypes.Structure):\n"
        "    _fields_ = (('base', ctypes.c_void_p), ('length', ctypes.c_size_t))\n"
        "own = ctypes.create_string_buffer(b'x' * 64)\n"
        "def poke():\n    here = Vector(ctypes.addressof(own), 64)\n"
        "    args = ctypes.byref(here), 1, ctypes.byref(here), 1, 0\n"
        "    return must(libc.process_vm_writev(pid, *args))\n"
        "for pid in PIDS:\n    if pid != os.getpid():\n        attempt('poke', poke)\n"
        "        attempt('mem', lambda: open(f'/proc/{pid}/mem', 'r+b'))"),
)  # fmt: skip

REACHING = (
    reach("signals", "signals every process it can name",
        "for pid in [0, -1, *PIDS]:\n    for call in (os.kill, os.killpg):\n"
        "        if pid != os.getpid() and not (pid == 1 and os.getpid() == 1):\n"
        "            attempt('signal', lambda: call(pid, 0) or pid)\n"
        "attempt('queue', lambda: must(libc.sigqueue(os.getppid(), 9, None)))"),
    reach("thread_signals", "signals threads of others",
        "for pid in PIDS:\n    if pid != os.getpid():\n"
        "        attempt('tgkill', lambda: must(libc.syscall(234, pid, pid, 0)))\n"
        "        attempt('tkill', lambda: must(libc.syscall(200, pid, 0)))"),
    reach("signal_owners", "has the kernel signal others through fcntl and ioctl",
        "import fcntl\nr, w = os.pipe()\nfor pid in PIDS:\n"
        "    attempt('owner', lambda: fcntl.fcntl(r, 8, pid) or 'set')\n"
        "    attempt('group', lambda: fcntl.fcntl(r, 8, -pid) or 'set')\n"
        "attempt('signal', lambda: fcntl.fcntl(r, 10, 9) or 'set')\n"
        "attempt('fiosetown', lambda: fcntl.ioctl(r, 0x8901, b'aaaa'))"),
    reach("process_handles", "opens processes by pidfd",
        "for pid in PIDS:\n    if pid != os.getpid():\n"
        "        attempt('pidfd', lambda: os.pidfd_open(pid))"),
    reach("fork_bomb", "forks without end",
        "for _ in range(100):\n    attempt('fork', lambda: os.fork() or os._exit(0))\n"
        "    attempt('vfork', lambda: must(libc.syscall(58)))"),
    reach("clone_bomb", "clones without end, by system calls",
        "for _ in range(100):\n    attempt('clone', lambda: must(libc.syscall(56, 17, 0, 0, 0, 0)))\n"
        "    attempt('clone3', lambda: must(libc.syscall(435, 0, 88)))"),
    reach("thread_bomb", "starts threads without end",
        "import time\ntry:\n    for _ in range(10_000):\n"
        "        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "except RuntimeError: pass"),
    reach("background", "leaves processes behind",
        "import subprocess, multiprocessing\n"
        "attempt('popen', lambda: subprocess.Popen(['sleep', '60'], start_new_session=True))\n"
        "attempt('spawn', lambda: os.posix_spawn('/bin/sleep', ['sleep', '60'], {}))\n"
        "attempt('process', lambda: multiprocessing.Process(target=print).start() or 'started')\n"
        "attempt('system', lambda: must(-os.system('true')) or 'ran')"),
    reach("programs", "becomes another program",
        "for path in ('/bin/sh', sys.executable, '/usr/bin/true', '/lib64/ld-linux-x86-64.so.2'):\n"
        "    attempt('exec', lambda: os.execv(path, [path]))\n"
        "    attempt('execveat', lambda: must(libc.syscall(322, -100, path.encode(), 0, 0, 0)))"),
    reach("written_program", "runs a program that it wrote, or maps one from memory",
        "with open('program', 'w') as file: file.write('#!/bin/sh\\n')\n"
        "attempt('chmod', lambda: os.chmod('program', 0o777) or os.execv('./program', ['a']))\n"
        "attempt('memfd', lambda: os.memfd_create('a'))"),
    reach("sockets", "opens sockets of every family",
        "for family in range(50):\n    for kind in (1, 2, 3, 5):\n"
        "        attempt('socket', lambda: socket.socket(family, kind) and f'{family} {kind}')"),
    reach("connections", "asks names, and connects to the machine and the world",
        "for host in ('127.0.0.1', '::1', '169.254.169.254', 'example.org'):\n"
        "    attempt('connect', lambda: socket.create_connection((host, 80), 0.2))\n"
        "attempt('name', lambda: socket.gethostbyname('example.org'))\n"
        "import urllib.request\n"
        "attempt('url', lambda: urllib.request.urlopen('http://example.org', timeout=0.2))"),
    reach("unix_sockets", "talks to services by unix and abstract sockets",
        "def talk(path):\n    one = socket.socket(socket.AF_UNIX)\n    one.connect(path)\n    return path\n"
        "for path in ('/run/docker.sock', '/run/dbus/system_bus_socket', '\\0x', '/tmp/x'):\n"
        "    attempt('unix', lambda: talk(path))\n"
        "attempt('datagrams', lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))"),
    reach("tracing", "traces its parent and its siblings",
        "for pid in PIDS:\n    for request in (16, 0x4206):\n"
        "        attempt('trace', lambda: must(libc.ptrace(request, pid, None, None)))"),
    reach("namespaces", "leaves for namespaces of its own",
        "for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000):\n"
        "    attempt('unshare', lambda: must(libc.unshare(flag)) or flag)\n"
        "attempt('setns', lambda: must(libc.setns(3, 0)))"),
    reach("mounts", "mounts, moves roots and opens by handle",
        "attempt('mount', lambda: must(libc.mount(b'/', b'.', None, 4096, None)))\n"
        "attempt('remount', lambda: must(libc.mount(None, b'/', None, 32 | 4096, None)))\n"
        "attempt('tmpfs', lambda: must(libc.mount(b'a', b'.', b'tmpfs', 0, None)))\n"
        "attempt('proc', lambda: must(libc.mount(b'a', b'.', b'proc', 0, None)))\n"
        "attempt('umount', lambda: must(libc.umount2(b'/config', 2)))\n"
        "attempt('chroot', lambda: os.chroot('.') or 'moved')\n"
        "attempt('pivot', lambda: must(libc.syscall(155, b'.', b'.')))\n"
        "attempt('fsopen', lambda: must(libc.syscall(430, b'tmpfs', 0)))\n"
        "attempt('handle', lambda: must(libc.syscall(303, -100, b'/', 0, 0, 0)))"),
    reach("kernel_calls", "calls parts of the kernel that numpy has no use for",
        "CALLS = {'bpf': 321, 'perf': 298, 'keyctl': 250, 'add_key': 248, 'userfaultfd': 323,\n"
        "    'io_uring': 425, 'init_module': 175, 'kexec': 246, 'reboot': 169, 'swapon': 167,\n"
        "    'iopl': 172, 'settimeofday': 164, 'sethostname': 170, 'quotactl': 179, 'acct': 163,\n"
        "    'fanotify': 300, 'personality': 135, 'modify_ldt': 154, 'syslog': 103, 'kcmp': 312}\n"
        "for name, number in CALLS.items():\n"
        "    attempt(name, lambda: must(libc.syscall(number, 0, 0, 0, 0, 0, 0)))"),
    reach("newest_calls", "calls numbers that nobody has looked at, and those of x32",
        "for number in [*range(463, 600), 0x40000000 + 59, 0x40000000 + 41]:\n"
        "    attempt('newest', lambda: must(libc.syscall(number, 0, 0, 0, 0)))"),
    reach("old_gate", "enters the kernel by int 0x80, as 32-bit programs do",
        "import mmap\ncode = mmap.mmap(-1, 4096, prot=7)\n"
        "code.write(b'\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3')\n"
        "address = ctypes.addressof(ctypes.c_char.from_buffer(code))\n"
        "number = ctypes.CFUNCTYPE(ctypes.c_int)(address)()\n"
        "attempt('int 0x80', lambda: number if number > 0 else 1 / 0)"),
    reach("limits", "raises its limits and its priority, and moves others",
        "import resource\nfor kind in range(16):\n"
        "    soft, hard = resource.getrlimit(kind)\n"
        "    if hard != resource.RLIM_INFINITY:\n"
        "        attempt('limit', lambda: resource.setrlimit(kind, (hard + 1, hard + 1)) or kind)\n"
        "attempt('nice', lambda: os.setpriority(0, 0, -5) or 'raised')\n"
        "for pid in PIDS:\n    if pid not in (0, os.getpid()):\n"
        "        attempt('prlimit', lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (0, 0)))\n"
        "        attempt('affinity', lambda: os.sched_setaffinity(pid, {0}) or pid)"),
    reach("identity", "becomes another user",
        "for call in (os.setuid, os.setgid, os.seteuid):\n"
        "    for user in (0, 1, 65534):\n"
        "        attempt('user', lambda: call(user) or user)\n"
        "attempt('groups', lambda: os.setgroups([0]) or 'set')\n"
        "attempt('capset', lambda: must(libc.capset(b'\\x22\\x05\\x08\\x20' + bytes(4),\n"
        "    b'\\xff' * 24)))"),
    reach("terminal", "types into the terminal, and takes devices",
        "import fcntl\nfor path in ('/dev/tty', '/dev/console', '/dev/mem', '/dev/kmsg', '/dev/ptmx',\n"
        "        '/dev/sda', '/dev/vda'):\n    attempt('device', lambda: open(path, 'r+b'))\n"
        "for fd in range(5): attempt('typed', lambda: fcntl.ioctl(fd, 0x5412, b'x'))"),
)  # fmt: skip
