"""Database servers of Debian, each on a socket in a temporary folder, as a user that is not root, for the time of a `with`."""
import contextlib, glob, os, pwd, shutil, signal, subprocess, sys, tempfile, time

SKIPPED = 77  # what CTest takes for skipped


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIPPED)


def tool(name, *folders):
    """The path of a program, or skips the test."""
    path = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *folders]))
    return path or skip(name + " is missing")


def account():
    """Arguments that let a child run without the rights of root, which both servers refuse."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("nobody")
    except KeyError:
        skip("there is no user `nobody` for a database server")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def folder():
    made = tempfile.mkdtemp(prefix="gate-oracle-")
    try:
        os.chmod(made, 0o755)
        who = account()
        if who:
            os.chown(made, who["user"], who["group"])
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, **more)
    if done.returncode != 0:
        sys.exit("%s: %s%s" % (os.path.basename(command[0]), done.stdout[-2000:], done.stderr[-2000:]))
    return done.stdout


@contextlib.contextmanager
def serve(command, is_ready, stop):
    with open(os.devnull, "rb") as nothing, tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(command, stdin=nothing, stdout=log, stderr=log, **account())
        try:
            for _ in range(600):
                if server.poll() is not None:
                    log.seek(0)
                    sys.exit("the server ended: " + log.read()[-2000:])
                if is_ready():
                    break
                time.sleep(0.05)
            else:
                sys.exit("the server does not answer")
            yield
        finally:
            server.send_signal(stop)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


class Postgres:
    """psql as `run`; the socket lies in `socket`."""

    def __init__(self, socket):
        self.socket = socket
        self.psql = [tool("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "postgres", "-d", "postgres"]

    def run(self, sql):
        return run(self.psql, input=sql)


@contextlib.contextmanager
def postgres():
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    initdb, server = tool("initdb", *folders), tool("postgres", *folders)
    tool("psql")
    with folder() as made:
        data = os.path.join(made, "data")
        run([initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], cwd=made, **account())
        client = Postgres(made)
        command = [server, "-D", data, "-k", made, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "unix_socket_permissions=0777"]
        ready = lambda: subprocess.run(client.psql + ["-c", "SELECT 1"], capture_output=True).returncode == 0
        with serve(command, ready, signal.SIGINT):
            yield client


class Mariadb:
    """The client as `run`; the socket is `socket`."""

    def __init__(self, socket):
        self.socket = socket
        self.client = [tool("mariadb"), "--no-defaults", "--socket=" + socket, "--user=root", "--batch", "--raw", "--skip-column-names"]

    def run(self, sql, database="gate"):
        return run(self.client + ["--database=" + database], input=sql)


@contextlib.contextmanager
def mariadb():
    install, server = tool("mariadb-install-db"), tool("mariadbd", "/usr/sbin")
    tool("mariadb")
    with folder() as made:
        data, socket = os.path.join(made, "data"), os.path.join(made, "socket")
        common = ["--no-defaults", "--datadir=" + data]
        run([install, *common, "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"], cwd=made, **account())
        client = Mariadb(socket)
        ready = lambda: subprocess.run(client.client + ["-e", "SELECT 1"], capture_output=True).returncode == 0
        command = [server, *common, "--socket=" + socket, "--skip-networking", "--pid-file=" + os.path.join(made, "pid"), "--innodb-flush-log-at-trx-commit=0"]
        with serve(command, ready, signal.SIGTERM):
            client.run("CREATE DATABASE gate CHARACTER SET utf8mb4", "mysql")
            yield client
