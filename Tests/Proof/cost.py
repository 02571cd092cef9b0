"""What sharing through a remote costs at 10,000 posts, beside `git add && git commit && git push` in the same run."""
import os, resource, shutil
from world import World

ARCHIVE = 10_000


def trials(program):
    yield from trial(program, posts=4, most_pushes=2, most_commits=1)
    yield from trial(program, posts=20, most_pushes=8, most_commits=5)


def trial(program, posts, most_pushes, most_commits):
    world = World(program, posts=posts, threads=False)
    try:
        fill(world)
        log = wrapped(world)
        clone, other = world.clone("one"), world.clone("two")
        begin = cpu()
        status, output = world.sync(clone)
        ours, calls = cpu() - begin, taken(log)
        begin = cpu()
        by_hand(world, other, clone)
        theirs = cpu() - begin
        pushes, commits = calls.count("push"), int(world.git(clone, "rev-list", "--count", "HEAD")) - 2
        troubles = [] if status == 0 else ["ended with %d: %s" % (status, output)]
        if pushes > most_pushes or commits > most_commits or calls.count("fetch") != 1:
            troubles.append("more pushes, commits or fetches than it takes")
        yield ("%d deliveries on 5 accounts among %d posts: %d pushes, %d fetches, %d commits; CPU %.1f times that of git add,"
               " commit and push of the same sidecars" % (5 * posts, ARCHIVE, pushes, calls.count("fetch"), commits, ours / theirs)), troubles
        taken(log)
        begin = cpu()
        status, output = world.sync(clone)
        calls = taken(log)
        quiet = calls.count("fetch") == 1 and "push" not in calls and "nothing is due" in output
        yield "nothing due: %s, CPU %.2f s" % (" and ".join(call for call in calls if call != "version"), cpu() - begin), \
            [] if quiet else ["ended with %d after %s: %s" % (status, calls, output)]
    finally:
        world.close()


def fill(world):
    """An archive that was never published by the program: silently past."""
    for number in range(ARCHIVE):
        folder = "%s/posts/archive/%02d" % (world.author, number % 100)
        os.makedirs(folder, exist_ok=True)
        with open("%s/%05d.md" % (folder, number), "w") as file:
            file.write("---\nschedule: 2020-01-01T09:00:00Z\naccounts: [x/anna]\n---\nOld words %d\n" % number)
    world.git(world.author, "add", "--all")
    world.git(world.author, "commit", "--quiet", "--message", "Archive")
    world.git(world.author, "push", "--quiet", "origin", "HEAD:main")


def wrapped(world):
    """Every git that the program starts leaves a line."""
    folder, log = world.folder + "/bin", world.folder + "/git.log"
    os.mkdir(folder)
    with open(folder + "/git", "w") as file:
        file.write('#!/bin/sh\nfor word; do case "$word" in fetch|push|version|merge|read-tree) echo "$word" >>%s; break;; esac; done\n'
                   'exec %s "$@"\n' % (log, shutil.which("git", path=world.base["PATH"])))
    os.chmod(folder + "/git", 0o755)
    world.variables["PATH"] = folder + ":" + world.base["PATH"]
    return log


def taken(log):
    calls = open(log).read().split() if os.path.exists(log) else []
    if calls:
        os.remove(log)
    return calls


def by_hand(world, other, clone):
    world.git(other, "pull", "--quiet")
    paths = ["posts/post-%02d.results.json" % number for number in range(world.posts)]
    for path in paths:
        with open(other + "/" + path, "a") as file:
            file.write("\n")
    world.git(other, "add", *paths)
    world.git(other, "commit", "--quiet", "--message", "By hand")
    world.git(other, "push", "--quiet", "origin", "HEAD:refs/heads/by-hand")


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
