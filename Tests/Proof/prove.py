#!/usr/bin/env python3
"""Tries to make the real program publish twice, lose a result or lose somebody's work; prints what came of it.

    python3 Tests/Proof/prove.py rounds --seeds 3
    python3 Tests/Proof/prove.py moments --every 25
    python3 Tests/Proof/prove.py weather
    python3 Tests/Proof/prove.py cost
    python3 Tests/Proof/prove.py --all --report Tests/Proof/report.txt

Needs git, a C compiler and the program, as `swift build` makes it (--program for another). Everything happens in temporary
folders and on this machine.
"""
import argparse, os, sys, time
import cost, moments, rounds, weather
from world import REPOSITORY


WHAT = {
    "rounds": "Each: five accounts of X, LinkedIn and Instagram; as many processes as said start together, are killed at a"
              " random call in three rounds, and three more rounds are left alone; where there is a remote, a person pushes"
              " in between.",
    "moments": "Each: one post for five accounts of X, LinkedIn and Instagram, the process or its git killed at one write,"
               " flush, rename, request or answer, then four runs by two machines.",
    "weather": "Each: five accounts of X, LinkedIn and Instagram.",
    "cost": "Beside git at the same archive.",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("rounds", "moments", "weather", "cost"))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--program", default=REPOSITORY + "/.build/debug/socials-pipeline")
    parser.add_argument("--seeds", type=int, default=3, help="of rounds")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--every", type=int, default=1, help="of moments: each n-th")
    parser.add_argument("--report", help="where the lines are written too")
    options = parser.parse_args()
    if not options.what and not options.all:
        parser.error("say what, or --all")
    program = os.path.abspath(options.program)
    lines, bad = [], 0

    def tell(line):
        lines.append(line)
        print(line, flush=True)

    for name, trials in (
        ("rounds", rounds_of(program, options)), ("moments", moments.trials(program, options.every)),
        ("weather", weather.trials(program)), ("cost", cost.trials(program)),
    ):
        if not options.all and options.what != name:
            continue
        start, count = time.monotonic(), 0
        for title, troubles in trials:
            count += 1
            if troubles is None:
                tell("%s: not tried here" % title)
            elif troubles or name != "moments":
                tell("%s: %s" % (title, "holds" if not troubles else "; ".join(troubles)))
            bad += bool(troubles)
        tell("%s: %d trials in %d s. %s" % (name, count, time.monotonic() - start, WHAT[name]))
    tell("everything holds" if not bad else "%d trials broke a promise" % bad)
    if options.report:
        with open(options.report, "w") as file:
            file.write("\n".join(lines) + "\n")
    return int(bool(bad))


def rounds_of(program, options):
    for runners, word in ((3, "three"), (2, "two")):
        for seed in range(options.first, options.first + options.seeds):
            troubles, killed = rounds.once(program, seed, runners)
            yield "%s processes over one remote, 60 deliveries, seed %d, %d kills" % (word, seed, killed), troubles
    for seed in range(options.first, options.first + options.seeds):
        troubles, killed = rounds.alone(program, seed)
        yield "one process without a remote, 90 deliveries, seed %d, %d kills" % (seed, killed), troubles


if __name__ == "__main__":
    sys.exit(main())
