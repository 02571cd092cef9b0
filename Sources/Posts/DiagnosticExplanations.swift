extension DiagnosticCode {
    /// What the message means, why it matters, and the way out, for `check --explain CODE`.
    package var explanation: String {
        switch self {
        case .unreadable:
            "The file is there and could not be read. Look at its permissions and at the disk; `ls -l` shows who may read it."
        case .notUTF8:
            "A byte of the file is not UTF-8, so that nobody can say which character it is. Save the file as UTF-8; "
                + "`iconv -f WINDOWS-1252 -t UTF-8 FILE` mends most old files."
        case .frontMatterOpen:
            "The first line is `---`, which begins the front matter, and no other line is `---` alone. Without its end the "
                + "whole text would be read as settings. Close it:\n\n    ---\n    schedule: 2026-12-01 09:00\n    ---\n    The words."
        case .frontMatterSize:
            "Front matter may have 64 KiB. A larger one nearly always means that the closing `---` is missing or indented."
        case .yamlSyntax:
            "The front matter or socials.yml is not YAML at this place. Most often a text holds a colon and a blank, begins with "
                + "`@`, or a quote is not closed: put the text in quotes, as in `title: \"Launch: day one\"`."
        case .yamlAlias:
            "`&name` and `*name` are YAML's anchors and aliases, which are not read here: they make a file hard to follow. "
                + "Write the value out, or put it in quotes if it is meant as text: `\"*new*\"`."
        case .yamlLimit:
            "The YAML is larger, deeper or has more values than any post needs, and is not read further, so that one file cannot hold "
                + "up the others. The limits are 64 KiB, 32 levels and 10,000 values."
        case .duplicateKey:
            "A key stands twice in one mapping, and tools differ in which of the two they take. Keep one of them."
        case .wrongType:
            "The value has another type than the key wants. Booleans are `true` and `false` without quotes; `yes`, `no` and "
                + "`on` are text in YAML 1.2. Numbers have no quotes either. Lists are `[a, b]` or lines that begin with `- `."
        case .unknownKey:
            "Inside the mapping of a network or an account, and in socials.yml, every key is known, so that a slip is found before it is "
                + "published. The message names the nearest known key. At the top of a front matter foreign keys are left alone."
        case .nearMiss:
            "The key is not read, and it differs by a letter or two from one that is: `shedule` does not schedule anything. "
                + "Correct it, or ignore the warning if the key belongs to another tool."
        case .sameSidecar:
            "Two posts would write their results into the same file, for example `launch.md` and `launch.markdown`. "
                + "Rename one of them."
        case .badSidecar:
            "A `.results.json` cannot be read. It proves what was published, so that nothing is sent while it is broken. "
                + "Restore it: `git checkout -- FILE`."
        case .newerVersion:
            "The file was written by a newer version of this program, which may mean something else by its keys. Nothing is "
                + "written over it. Update socials-pipeline."
        case .unusedOverride:
            "The post changes something for an account that it does not go to. Add the account to `accounts:`, or remove the mapping."
        case .unknownAccount:
            "The name is not among `accounts:` of socials.yml. Account names are `network/name`, for example `x/acme`."
        case .unknownGroup:
            "A group or the defaults name a group that does not exist. Groups stand under `groups:` of socials.yml."
        case .bareNetwork:
            "A network alone does not say which account to post from, and with a second account it would mean something else. "
                + "Write the account, `x/acme`, or make a group."
        case .groupCycle:
            "A group holds itself through other groups, so that it has no end. Remove one of the steps."
        case .noAccounts:
            "The post goes nowhere: it names no account and socials.yml has no `defaults: {accounts: […]}`."
        case .duplicateAccount:
            "Two entries of socials.yml mean the same account, for example `twitter/acme` and `x/acme`, or an alias that "
                + "is another account's name. Their results would be mixed up."
        case .sameVariable:
            "Tokens may come from environment variables whose names are made of the account's, in capitals and with `_` for "
                + "all other characters. `x/a.b` and `x/a-b` would read the same token and one would post as the other. Rename one."
        case .secretInFile:
            "socials.yml is committed and pushed; a secret in it is public to all who can read the repository. Put it into the "
                + "environment or the encrypted store. If it was pushed already, make a new one: git keeps the old."
        case .badAccountName:
            "Accounts are called `network/name`, with a network this program knows and a name out of a-z, 0-9, `.`, `_` and `-`. "
                + "Groups are called like that without a network."
        case .badSchedule:
            "The time cannot be read, or there is no such day. Write `2026-12-01 09:00`, `2026-12-01T09:00:00+01:00` or `now`."
        case .badZone:
            "Time zones are IANA names such as `Europe/Berlin`, which know summer time. `CET` and `+01:00` are not."
        case .noZone:
            "A time has no offset, and neither the post nor socials.yml names a zone: it is read as UTC. Add `timeZone: Europe/Berlin` "
                + "to socials.yml."
        case .dateOnly:
            "A date alone means the first moment of that day, which is in the night. Add a time: `2026-12-01 09:00`."
        case .scheduleGap:
            "Clocks skip that hour when summer time begins. The post goes out as much later as they skip. Choose another "
                + "time, or write an offset."
        case .scheduleOverlap:
            "Clocks show that hour twice when summer time ends. The post goes out the first time. Write an offset to choose: "
                + "`2026-10-25T02:30:00+01:00` is the second in Berlin."
        case .badDuration: "Durations are a whole number and a unit: `90s`, `15m`, `24h`, `7d`."
        case .expiresFirst:
            "`expires` lies before `schedule`, so that the post is too late before it is due. Correct one of them."
        case .emptyPost:
            "Nothing is left to publish: no words, no picture, no link. Write a body, or set `draft: true`."
        case .textTooLong:
            "The words are longer than the network takes, as it counts them: X counts every address as 23 and many signs as two. Shorten "
                + "them, write shorter ones for that network (`x: {text: …}`), or let them be divided with `x: {thread: auto}`."
        case .headingNotBreak:
            "In Markdown `---` right under a line of text makes that line a heading; it divides nothing. Put a blank line "
                + "between them to begin the next part of a thread."
        case .shortcode:
            "The body holds a Hugo shortcode or a Liquid tag. This program does not run them, and posting `{{< figure >}}` as text helps "
                + "nobody. Write out what it would show; between backticks it is shown as it is."
        case .badLink: "The link is not an address on the web. Write it out, beginning with `https://`."
        case .tooManyHashtags:
            "The network takes only so many hashtags in a post, those of `tags:` included. Remove some."
        case .tooManyMentions: "The network takes only so many mentions in a post. Remove some."
        case .tooManyCashtags:
            "X refuses posts through its API that hold more than one cashtag such as `$ACME`. Remove the others."
        case .badCharacter:
            "A character is not allowed there, mostly a control character that came with a copied text. Remove it; "
                + "the column says where it is."
        case .fileNameLink:
            "X takes words like `README.md` for addresses, because `.md` is a country, and counts and links them so. Put a "
                + "blank into it if it is not meant as an address."
        case .badValue: "The key does not take this value. The message lists those it takes, or names the nearest."
        case .textNesting:
            "Lists, quotes or brackets are nested so deeply that no reader could follow. Make them flatter."
        case .notTogether:
            "The network shows these only apart, for example a poll or pictures. Remove one, or put it into another part of a thread."
        case .notShown:
            "The network has no place for this, so that nobody will see it there. The rest of the post is published. Remove it for that "
                + "network, or leave it for the others."
        case .needsPlan:
            "The network takes this only from accounts or apps with a dearer plan, and refuses the post of others. Remove it, or see "
                + "that the plan is there."
        case .mediaMissing:
            "There is no such file. Paths count from the top of the repository, `media/launch.jpg`, those with `./` or `../` "
                + "from the post's folder; capitals matter."
        case .mediaOutside:
            "The path leads out of the repository, where a runner would not find it and where private files lie. Copy the file below "
                + "`media/`."
        case .mediaFormat:
            "The network does not take files of this format. JPEG, PNG and MP4 are taken nearly everywhere."
        case .mediaTooLarge: "The file has more bytes, pixels or seconds than the network takes. Make it smaller."
        case .mediaTooSmall:
            "The file has fewer bytes, pixels or seconds than the network takes. Use a better or a longer one."
        case .mediaShape:
            "The picture or video is too wide, too tall or too short for the network. Crop it to a ratio between those in the message."
        case .mediaCount: "The network takes only so many pictures in a post, and mostly no pictures beside a video."
        case .mediaRequired:
            "The network has no posts of words alone. Add a picture, or leave it out: `instagram: {skip: true}`."
        case .mediaBroken: "The file says it is a picture or video and cannot be read as one. Export it again."
        case .mediaHost:
            "The network downloads media from an address, and socials.yml names no `mediaHost:` to put it at. "
                + "An S3 bucket, a public folder or a public repository will do."
        case .altMissing:
            "The picture has no text for those who cannot see it. Add `alt:` in `media:`, or write it into the brackets of `![…](…)`."
        case .altTooLong: "The network takes a shorter text for a picture. One or two sentences are best."
        case .titleMissing:
            "LinkedIn takes no document without a title, which it shows above the pages. Write `title:` beside the file's path in "
                + "`media:`, or for the post."
        case .lfsPointer:
            "The file is a pointer of Git LFS; the picture itself was not fetched. Run `git lfs pull`, and in workflows check "
                + "out with `lfs: true`."
        case .mediaLocation:
            "The file tells everyone where it was made, to a few metres. Save it without its position, e.g. by "
                + "`exiftool -gps:all= FILE`, if that is nobody's business."
        case .mediaConverter:
            "The network does not take the file as it is, and this program would convert it with another one that is not "
                + "installed here. Install `vips` (`libvips-tools`), ImageMagick or `ffmpeg`, or convert the file yourself."
        case .mediaDownload:
            "Media at an address are downloaded when the post is due: by https alone, from public hosts, within limits of time and size. "
                + "What cannot be had so does not go out; put the file into the repository."
        case .duplicateText:
            "The same words go to the same account within 7 days, which networks refuse or punish. Change them, or say that it is meant: "
                + "`repeat: true`."
        case .tooClose: "Two posts of one account follow each other sooner than its `minGap`. The later one will wait."
        case .notAvailable:
            "This program cannot do that yet. What it would do instead would not be what you wrote, so that it does nothing."
        }
    }
}
