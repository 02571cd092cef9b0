"""One process over a remote, killed before and after its n-th write, flush, rename, request or answer."""
import os, subprocess
from world import ACCOUNTS, REPOSITORY, World

CLEANERS = ["+0s", "+16m", "+32m", "+48m"]


def hammer(folder):
    library = folder + "/kill.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, REPOSITORY + "/Tests/Fixtures/commands/kill.c",
                    "-ldl"], check=True)
    return library


def trials(program, every):
    world = World(program, posts=1)
    try:
        library, count = hammer(world.folder), world.folder + "/count"
        pristine = world.folder + "/pristine.git"
        subprocess.run(["cp", "-r", world.remote, pristine], check=True)
        clone = reset(world, pristine)
        status, output = world.sync(clone, LD_PRELOAD=library, KILL_COUNT=count)
        if status != 0:
            yield "the run that counts", [output]
            return
        total = int(open(count).read())
        for moment in range(1, total + 1, every):
            for after in (False, True):
                title = "killed %s call %d of %d, with a remote" % ("after" if after else "before", moment, total)
                yield title, once(world, pristine, library, moment, after)
    finally:
        world.close()


def reset(world, pristine):
    subprocess.run(["rm", "-rf", world.remote, world.folder + "/one", world.folder + "/two"], check=True)
    subprocess.run(["cp", "-r", pristine, world.remote], check=True)
    world.control("reset", {})
    return world.clone("one")


def once(world, pristine, library, moment, after):
    clone = reset(world, pristine)
    changes = {"LD_PRELOAD": library, "KILL_AT": str(moment)}
    if after:
        changes["KILL_AFTER"] = "1"
    status, output = world.sync(clone, **changes)
    # The n-th call may be one of git, which the program runs: then the remote could not be reached, or is to be tried later.
    troubles = [] if status in (0, -9, 69, 75) else ["ended with %d: %s" % (status, output)]
    # Then the same machine and another one, in turn.
    other = world.clone("two")
    for number, shift in enumerate(CLEANERS):
        status, output = world.sync(clone if number % 2 == 0 else other, SOCIALS_NOW=shift)
        if status != 0:
            troubles.append("the run at %s ended with %d: %s" % (shift, status, output))
    troubles += world.troubles()
    for place in (clone, other):
        status, output = world.sync(place, SOCIALS_NOW=CLEANERS[-1])
        if "nothing is due" not in output:
            troubles.append("there is something left to do: " + output)
        if world.git(place, "status", "--porcelain"):
            troubles.append("git status is not clean")
    return troubles
