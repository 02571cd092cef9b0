"""Full disks, clocks that jump, machines that sleep, remotes that hang or refuse."""
import os, signal, subprocess, time
from world import REPOSITORY, World


def trials(program):
    for scene in (full_disk, sidecar_that_cannot_be_written, clock_back, clock_forward, sleeper, refused_branch,
                  refused_claims, hanging_remote, vanished_remote):
        world = World(program, posts=2, delay=0.2)
        try:
            yield scene.__doc__, scene(world)
        finally:
            world.close()


def settle(world, *clones):
    """Runs without trouble, one lease after the other; then what does not hold."""
    for shift in ("+0s", "+16m", "+32m", "+48m"):
        for clone in clones:
            world.sync(clone, SOCIALS_NOW=shift)
    return world.troubles()


def compiled(world, source):
    library = world.folder + "/" + os.path.basename(source) + ".so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def full_disk(world):
    """the disk is full from the n-th write on, for ten n"""
    library = compiled(world, REPOSITORY + "/Tests/Fixtures/commands/kill.c")
    clone, troubles = world.clone("one"), []
    for moment in range(5, 500, 50):
        status, output = world.sync(clone, LD_PRELOAD=library, FULL_AT=str(moment))
        if status not in (0, 74, 69, 75, 78):
            troubles.append("ended with %d: %s" % (status, output))
    return troubles + settle(world, clone)


def sidecar_that_cannot_be_written(world):
    """a sidecar that cannot be written: a folder has its name"""
    clone = world.clone("one")
    os.makedirs(clone + "/posts/post-00.results.json/in-the-way")
    status, output = world.sync(clone)
    troubles = [] if status == 74 else ["ended with %d: %s" % (status, output)]
    subprocess.run(["rm", "-rf", clone + "/posts/post-00.results.json"], check=True)
    return troubles + settle(world, clone, world.clone("two"))


def clock_trial(world, jump):
    library = compiled(world, os.path.dirname(os.path.abspath(__file__)) + "/clock.c")
    setting = world.folder + "/clock"
    clone = world.clone("one")
    process = world.start(clone, LD_PRELOAD=library, CLOCK_FILE=setting)
    time.sleep(0.8)
    with open(setting, "w") as file:
        file.write(str(jump))
    _, _ = process.communicate(timeout=300)
    return settle(world, clone, world.clone("two"))


def clock_back(world):
    """the clock is set an hour back in the middle of a run"""
    return clock_trial(world, -3600)


def clock_forward(world):
    """the clock is set an hour forward in the middle of a run"""
    return clock_trial(world, 3600)


def sleeper(world):
    """a machine sleeps in the middle of a run, another one takes over after the lease, the first one wakes"""
    library = compiled(world, os.path.dirname(os.path.abspath(__file__)) + "/clock.c")
    setting, clone, other = world.folder + "/clock", world.clone("one"), world.clone("two")
    troubles = []
    process = world.start(clone, LD_PRELOAD=library, CLOCK_FILE=setting, CLOCK_SLEEPS="1")
    time.sleep(0.8)
    process.send_signal(signal.SIGSTOP)
    for shift in ("+16m", "+32m"):
        world.sync(other, SOCIALS_NOW=shift)
    with open(setting, "w") as file:
        file.write(str(33 * 60))
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=300)
    for shift in ("+50m", "+66m"):
        for place in (clone, other):
            world.sync(place, SOCIALS_NOW=shift)
    return troubles + world.troubles()


def hook(world, name, text):
    path = "%s/hooks/%s" % (world.remote, name)
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)
    return path


def refused_branch(world):
    """a remote that takes the claims and refuses the branch"""
    path = hook(world, "update", 'case "$1" in refs/heads/*) echo "protected branch" >&2; exit 1;; esac\n')
    clone = world.clone("one")
    status, output = world.sync(clone)
    troubles = [] if status == 78 and "commit: {branch" in output else ["ended with %d: %s" % (status, output)]
    os.remove(path)
    return troubles + settle(world, clone, world.clone("two"))


def refused_claims(world):
    """a remote that refuses the claims"""
    path = hook(world, "update", 'case "$1" in refs/socials/*) echo "denied" >&2; exit 1;; esac\n')
    clone = world.clone("one")
    status, output = world.sync(clone)
    troubles = [] if status == 78 and world.control("posts") == [] else ["ended with %d: %s" % (status, output)]
    os.remove(path)
    return troubles + settle(world, clone)


def hanging_remote(world):
    """a remote that takes a push and never answers"""
    path = hook(world, "pre-receive", "sleep 600\n")
    clone = world.clone("one")
    status, output = world.sync(clone)
    troubles = [] if status in (69, 75) and world.control("posts") == [] else ["ended with %d: %s" % (status, output)]
    os.remove(path)
    return troubles + settle(world, clone)


def vanished_remote(world):
    """a remote that is gone in the middle of a run, and comes back"""
    clone = world.clone("one")
    process = world.start(clone)
    time.sleep(0.8)
    os.rename(world.remote, world.remote + ".away")
    process.communicate(timeout=300)
    os.rename(world.remote + ".away", world.remote)
    return settle(world, clone, world.clone("two"))
