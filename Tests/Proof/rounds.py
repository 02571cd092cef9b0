"""Processes in clones of one remote, or one without a remote, each killed at a random moment, then started again in rounds."""
import random
from moments import hammer
from world import World

SHIFTS = ["+0s", "+16m", "+32m", "+48m", "+64m", "+80m"]
# About what one of three processes does with 60 deliveries; what is later kills nobody.
MOMENTS = 600


def variables(number, shift, library, chance, most):
    """Of one process. In the first three rounds it is killed at a call to files and sockets, so that the speed of a machine
    does not matter."""
    changes = {"SOCIALS_NOW": shift}
    if number < 3:
        changes.update(LD_PRELOAD=library, KILL_AT=str(chance.randint(1, most >> number)))
    return changes


def once(program, seed, runners=3, posts=12):
    """Troubles, and how many processes were killed."""
    chance = random.Random(seed)
    world = World(program, posts, delay=0.05)
    try:
        library = hammer(world.folder)
        clones = [world.clone("clone-%d" % number) for number in range(runners)]
        killed = 0
        for number, shift in enumerate(SHIFTS):
            # All of a round share one clock, and the next begins when all have ended.
            processes = []
            for clone in clones:
                processes.append(world.start(clone, **variables(number, shift, library, chance, MOMENTS)))
            if number < 3:
                world.push_foreign("%d-%d" % (seed, number))
            for process in processes:
                process.communicate(timeout=300)
                killed += process.returncode == -9
        troubles = world.troubles()
        for clone in clones:
            status, output = world.sync(clone, SOCIALS_NOW=SHIFTS[-1])
            if status != 0 or "nothing is due" not in output:
                troubles.append("a run with nothing to do ended with %d: %s" % (status, output))
            changes = world.git(clone, "status", "--porcelain")
            if changes:
                troubles.append("git status: " + changes)
            if world.git(clone, "rev-parse", "HEAD") != world.git(world.remote, "rev-parse", "main"):
                troubles.append("a clone is not where the remote is")
        return troubles, killed
    finally:
        world.close()


def alone(program, seed, posts=18):
    """Without a remote, where the program claims more deliveries at a time."""
    chance = random.Random(seed)
    world = World(program, posts, delay=0.05)
    try:
        library = hammer(world.folder)
        world.git(world.author, "remote", "remove", "origin")
        killed = 0
        for number, shift in enumerate(SHIFTS):
            process = world.start(world.author, **variables(number, shift, library, chance, 3 * MOMENTS))
            process.communicate(timeout=300)
            killed += process.returncode == -9
        troubles = []
        changes = world.git(world.author, "status", "--porcelain")
        if changes:
            troubles.append("git status: " + changes)
        world.git(world.author, "push", "--quiet", world.remote, "HEAD:main")
        return troubles + world.troubles(), killed
    finally:
        world.close()
