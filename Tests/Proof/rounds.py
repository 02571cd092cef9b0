"""Three processes in three clones of one remote, each killed at a random moment, then started again in rounds."""
import random, time
from world import World

SHIFTS = ["+0s", "+16m", "+32m", "+48m", "+64m", "+80m"]


def once(program, seed, runners=3, posts=12):
    """Troubles, and how many processes were killed."""
    chance = random.Random(seed)
    world = World(program, posts, delay=0.05)
    try:
        clones = [world.clone("clone-%d" % number) for number in range(runners)]
        killed = 0
        for number, shift in enumerate(SHIFTS):
            # All of a round share one clock, and the next begins when all have ended.
            processes = [world.start(clone, SOCIALS_NOW=shift) for clone in clones]
            if number < 3:
                deadlines = [time.monotonic() + chance.uniform(0.1, 6.0) for _ in processes]
                world.push_foreign("%d-%d" % (seed, number))
                while any(process.poll() is None for process in processes):
                    for process, deadline in zip(processes, deadlines):
                        if process.poll() is None and time.monotonic() > deadline:
                            process.kill()
                            killed += 1
                            process.wait()
                    time.sleep(0.01)
            for process in processes:
                process.communicate(timeout=300)
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
