#!/usr/bin/env python3
"""film.py BINARY: publishes a film of 300 MB to each network of the sandbox, and tells the resident memory of each sync.

Fails if one needs more than 64 MiB, or does not publish. The film is a fixture whose times are stretched and whose data
are zeros behind a long head: readers and sandbox look at the index alone.
"""
import os, sys, time

from world import REPOSITORY, World

LIMIT, LENGTH, FACTOR = 64 << 20, 300_000_000, 25
FILM = REPOSITORY + "/Tests/Fixtures/media/instagram/reel.mp4"
PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}
# Version 0 of each: where its duration stands in what follows the name.
DURATIONS = {b"mvhd": 16, b"tkhd": 20, b"mdhd": 16, b"elst": 8}
ACCOUNTS = {
    "x/anna": "SOCIALS_ACCOUNT_X_ANNA", "linkedin/page": "SOCIALS_ACCOUNT_LINKEDIN_PAGE",
    "instagram/acme": "SOCIALS_ACCOUNT_INSTAGRAM_ACME",
}
CONFIGURATION = """version: 1
accounts:
  x/anna: {}
  linkedin/page: {author: "urn:li:organization:2414183"}
  instagram/acme: {userId: "17841499000417001", login: facebook}
mediaHost: {kind: static, baseUrl: "https://media.example.com"}
"""


def boxes(data):
    place = 0
    while place < len(data):
        length = int.from_bytes(data[place:place + 4], "big")
        yield data[place + 4:place + 8], data[place + 8:place + length]
        place += length


def box(name, content):
    return (len(content) + 8).to_bytes(4, "big") + name + content


def stretched(name, content):
    """The same box of a film that lasts FACTOR times as long, with as many pictures a second."""
    if name in PARENTS:
        return box(name, b"".join(stretched(*child) for child in boxes(content)))
    places = [DURATIONS[name]] if name in DURATIONS else []
    if name == b"stts":
        places = range(8, len(content), 8)
    content = bytearray(content)
    for place in places:
        number = int.from_bytes(content[place:place + 4], "big") * FACTOR
        content[place:place + 4] = number.to_bytes(4, "big")
    return box(name, bytes(content))


def write_film(path):
    with open(FILM, "rb") as source:
        parts = dict(boxes(source.read()))
    head = box(b"ftyp", parts[b"ftyp"]) + stretched(b"moov", parts[b"moov"])
    with open(path, "wb") as film:
        film.write(head + (LENGTH - len(head)).to_bytes(4, "big") + b"mdat" + parts[b"mdat"])
        film.truncate(LENGTH)


class Cinema(World):
    """One film, and a post of it for each network."""

    def write(self):
        os.makedirs(self.author + "/media")
        os.makedirs(self.author + "/posts")
        write_film(self.author + "/media/film.mp4")
        with open(self.author + "/socials.yml", "w") as file:
            file.write(CONFIGURATION)
        with open(self.author + "/.gitignore", "w") as file:
            file.write("media\n")
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
        for account in ACCOUNTS:
            with open("%s/posts/%s.md" % (self.author, account.split("/")[0]), "w") as file:
                file.write("---\nschedule: %s\naccounts: [%s]\nmedia: {path: media/film.mp4, title: A film}\n---\n"
                           "A long film\n" % (now, account))


def measure(world, account):
    """Exit status, output, seconds and the largest resident memory of all syncs until nothing is open."""
    most, began, output = 0, time.monotonic(), ""
    for minutes in range(0, 60, 5):
        changes = {} if minutes == 0 else {"SOCIALS_NOW": "+%dm" % minutes}
        process = world.start(world.author, "--account", account, **changes)
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        most, output = max(most, usage.ru_maxrss << 10), output + text
        if process.returncode != 0 or "published" in text:
            break
    return process.returncode, output, time.monotonic() - began, most


def main():
    world, failed = Cinema(os.path.abspath(sys.argv[1]), posts=0), False
    try:
        for account in ACCOUNTS:
            code, output, seconds, most = measure(world, account)
            isGood = code == 0 and "published" in output and most <= LIMIT
            failed = failed or not isGood
            print("%s: %.1f MiB resident at most, %.1f s%s" % (
                account, most / (1 << 20), seconds, "" if isGood else ", ended with %d: %s" % (code, output)))
    finally:
        world.close()
    sys.exit(1 if failed else 0)


main()
