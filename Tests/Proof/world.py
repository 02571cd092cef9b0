"""A bare remote, clones of it, the sandbox and the real program between them."""
import json, os, signal, subprocess, tempfile, time, urllib.request
from datetime import datetime, timedelta, timezone

PICTURE = "media/picture.jpg"
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
USER_ID = "17841499000417001"
ACCOUNTS = {
    "x/anna": ("X", "ANNA", {"ACCESS_TOKEN": "sandbox-x-anna", "ACCESS_TOKEN_SECRET": "sandbox-x-anna-secret"}),
    "x/otto": ("X", "OTTO", {"ACCESS_TOKEN": "sandbox-x-otto", "ACCESS_TOKEN_SECRET": "sandbox-x-otto-secret"}),
    "x/mara": ("X", "MARA", {"ACCESS_TOKEN": "sandbox-x-mara", "ACCESS_TOKEN_SECRET": "sandbox-x-mara-secret"}),
    "linkedin/page": ("LINKEDIN", "PAGE", {"ACCESS_TOKEN": "sandbox-linkedin-page+org"}),
    "instagram/acme": ("INSTAGRAM", "ACME", {"ACCESS_TOKEN": "sandbox-instagram-acme@" + USER_ID}),
}
CONFIGURATION = """version: 1
accounts:
  x/anna: {}
  x/otto: {}
  x/mara: {}
  linkedin/page: {author: "urn:li:organization:2414183"}
  instagram/acme: {userId: "%s", login: instagram}
mediaHost: {kind: static, baseUrl: "https://media.example.com"}
""" % USER_ID


def run(*words, cwd=None, env=None, check=True):
    done = subprocess.run(words, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    if check and done.returncode != 0:
        raise RuntimeError("%s ended with %d: %s" % (" ".join(words), done.returncode, done.stdout))
    return done.stdout


class World:
    """`posts` posts for each of five accounts, all due since an hour; every other one is a thread of two on X."""

    def __init__(self, program, posts, delay=0.0, threads=True):
        self.program, self.posts, self.threads = program, posts, threads
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="proof-"))
        self.remote = self.folder + "/remote.git"
        self.foreign = []
        home = self.folder + "/home"
        os.mkdir(home)
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
        self.base = dict(kept, HOME=home, GIT_CONFIG_NOSYSTEM="1", LC_ALL="C.UTF-8", GIT_AUTHOR_NAME="Ada",
                         GIT_AUTHOR_EMAIL="ada@example.com", GIT_COMMITTER_NAME="Ada",
                         GIT_COMMITTER_EMAIL="ada@example.com")
        run("git", "init", "--quiet", "--bare", "--initial-branch", "main", self.remote, env=self.base)
        self.author = self.clone("author")
        self.write()
        self.git(self.author, "add", "--all")
        self.git(self.author, "commit", "--quiet", "--message", "Posts")
        self.git(self.author, "push", "--quiet", "origin", "HEAD:main")
        self.sandbox = subprocess.Popen(
            [program, "sandbox", "--static", "media.example.com=" + self.author], cwd=home, env=self.base,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.gateway = json.loads(self.sandbox.stdout.readline())["gateway"]
        self.variables = dict(self.base, SOCIALS_GATEWAY=self.gateway,
                              SOCIALS_APP_X_CONSUMER_KEY="sandbox-consumer-key",
                              SOCIALS_APP_X_CONSUMER_SECRET="sandbox-consumer-secret")
        for network, name, fields in ACCOUNTS.values():
            for field, value in fields.items():
                self.variables["SOCIALS_ACCOUNT_%s_%s_%s" % (network, name, field)] = value
        if delay:
            self.control("faults", {"fault": "delay", "operation": "publish", "seconds": delay, "times": 100000})

    def write(self):
        os.makedirs(self.author + "/media")
        os.makedirs(self.author + "/posts")
        with open(REPOSITORY + "/example-content/media/2026/12/wheel-1.jpg", "rb") as source:
            picture = source.read()
        with open(self.author + "/" + PICTURE, "wb") as file:
            file.write(picture)
        with open(self.author + "/socials.yml", "w") as file:
            file.write(CONFIGURATION)
        schedule = (datetime.now(timezone.utc) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for number in range(self.posts):
            text = "Word %d of the story" % number
            if self.threads and number % 2:
                text += "\n\n---\n\nAnd more of word %d" % number
            with open("%s/posts/post-%02d.md" % (self.author, number), "w") as file:
                file.write("---\nschedule: %s\naccounts: [%s]\nmedia: [{path: %s, alt: A wheel}]\n---\n%s\n" % (
                    schedule, ", ".join(ACCOUNTS), PICTURE, text))

    def clone(self, name):
        run("git", "clone", "--quiet", self.remote, name, cwd=self.folder, env=self.base)
        return self.folder + "/" + name

    def git(self, clone, *words, check=True):
        return run("git", *words, cwd=clone, env=self.base, check=check)

    def start(self, clone, *words, **changes):
        variables = dict(self.variables, **changes)
        return subprocess.Popen([self.program, "sync", *words], cwd=clone, env=variables, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")

    def sync(self, clone, *words, **changes):
        """Exit status and what was printed."""
        process = self.start(clone, *words, **changes)
        output, _ = process.communicate(timeout=300)
        return process.returncode, output

    def control(self, what, body=None):
        request = urllib.request.Request(self.gateway + "/_sandbox/" + what)
        if body is not None:
            request.data, request.method = json.dumps(body).encode(), "POST"
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return json.loads(text) if text.strip() else None

    def push_foreign(self, name):
        """A person's commit that races the program's."""
        for _ in range(20):
            self.git(self.author, "pull", "--quiet", "--rebase", "origin", "main")
            with open(self.author + "/notes-%s.txt" % name, "w") as file:
                file.write(name + "\n")
            self.git(self.author, "add", "--all")
            self.git(self.author, "commit", "--quiet", "--message", "Note " + name, check=False)
            if "rejected" not in self.git(self.author, "push", "origin", "HEAD:main", check=False):
                self.foreign.append(name)
                return
            time.sleep(0.05)
        raise RuntimeError("a person could not push in twenty tries")

    def troubles(self, unknown_allowed=()):
        """What of the promises does not hold at the end."""
        found = []
        live = self.control("posts")
        words = [(post["network"], str(post.get("author") or post.get("account")), post["text"]) for post in live]
        for seen in sorted(set(words)):
            if words.count(seen) > 1:
                found.append("live %d times: %s" % (words.count(seen), seen))
        expected = self.posts * len(ACCOUNTS) + 3 * (self.posts // 2)
        if len(live) != expected:
            found.append("%d posts are live, not %d" % (len(live), expected))
        ids = {post["id"] for post in live}
        check = self.folder + "/check"
        run("rm", "-rf", check)
        self.clone("check")
        for number in range(self.posts):
            path = "%s/posts/post-%02d.results.json" % (check, number)
            deliveries = json.load(open(path))["deliveries"] if os.path.exists(path) else {}
            for account in ACCOUNTS:
                result = deliveries.get(account, {})
                parts = [part["id"] for part in result.get("parts", [])] or [result.get("id")]
                if result.get("state") != "published" or not all(part in ids for part in parts):
                    found.append("post-%02d → %s is recorded as %s" % (number, account, json.dumps(result)[:200]))
        for name in self.foreign:
            if not os.path.exists(check + "/notes-%s.txt" % name):
                found.append("the foreign commit %s is lost" % name)
        return found

    def close(self):
        self.sandbox.send_signal(signal.SIGTERM)
        self.sandbox.wait(30)
        run("rm", "-rf", self.folder)
