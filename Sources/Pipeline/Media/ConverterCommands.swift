import Posts

/// One call of a converter.
struct ConverterCommand: Sendable, Hashable {
    let program: String
    let arguments: [String]
}

extension Rendition {
    /// The calls that make a JPEG. `quality` is from 1 to 100; intermediate files begin with the result's path.
    func commands(
        _ program: ConverterPrograms.Pictures, from source: String, to result: String, quality: Int
    ) -> [ConverterCommand] {
        switch program {
        case .vips(let program): vips(program, from: source, to: result, quality: quality)
        case .imageMagick(let program): [imageMagick(program, from: source, to: result, quality: quality)]
        }
    }

    /// `thumbnail` turns the picture upright and makes its colours sRGB; what is transparent becomes white.
    private func vips(
        _ program: String, from source: String, to result: String, quality: Int
    ) -> [ConverterCommand] {
        func command(_ arguments: String...) -> ConverterCommand {
            ConverterCommand(program: program, arguments: arguments)
        }
        let (first, second) = ("\(result).1.v", "\(result).2.v")
        let size = ["\(canvas.width)", "\(canvas.height)"]
        var commands = [
            command(
                "thumbnail", source, first, "\(scaled.width)", "--height", "\(scaled.height)", "--size", "force",
                "--export-profile", "srgb", "--fail-on", "error")
        ]
        if left > 0 || top > 0 {
            commands.append(
                command(
                    "embed", first, second, "\(left)", "\(top)", size[0], size[1], "--extend", "background",
                    "--background", "255"))
        } else if scaled != canvas {
            commands.append(command("extract_area", first, second, "\(-left)", "\(-top)", size[0], size[1]))
        }
        let last = commands.count == 1 ? first : second
        commands.append(
            command("jpegsave", last, result, "--Q", "\(quality)", "--strip", "--background", "255"))
        return commands
    }

    /// The formats stand before the paths, so that no name and no bytes can choose another reader.
    private func imageMagick(
        _ program: String, from source: String, to result: String, quality: Int
    ) -> ConverterCommand {
        var arguments = [
            "\(original.format.rawValue):\(source)[0]", "-auto-orient", "-colorspace", "sRGB",
            "-resize", "\(scaled.width)x\(scaled.height)!", "-background", "white", "-alpha", "remove",
        ]
        if left > 0 || top > 0 {
            arguments += ["-gravity", "NorthWest", "-extent", "\(canvas.width)x\(canvas.height)-\(left)-\(top)"]
        } else if scaled != canvas {
            arguments += ["-crop", "\(canvas.width)x\(canvas.height)+\(-left)+\(-top)", "+repage"]
        }
        arguments += ["-strip", "-quality", "\(quality)", "jpeg:\(result)"]
        return ConverterCommand(program: program, arguments: arguments)
    }

    /// The call that makes an MP4 of H.264 and AAC that begins with its index. Without an edit list, which Instagram
    /// refuses, and so without frames that are shown in another order than they are stored, which would need one.
    func command(ffmpeg program: String, from source: String, to result: String) -> ConverterCommand {
        var filters = ["scale=\(scaled.width):\(scaled.height)"]
        if left > 0 || top > 0 {
            filters.append("pad=\(canvas.width):\(canvas.height):\(left):\(top):white")
        } else if scaled != canvas {
            filters.append("crop=\(canvas.width):\(canvas.height):\(-left):\(-top)")
        }
        filters += ["setsar=1", "format=yuv420p"]
        var rate: [String] = []
        if let duration = original.duration, duration.milliseconds > 0 {
            // A tenth is left for the sound's errors and the frame; sound has 128 kbit/s.
            let bits = Double(mostBytes) * 8 * 0.9 / (Double(duration.milliseconds) / 1000) - 128_000
            let most = "\(Int(min(max(bits, 64_000), 20_000_000)))"
            rate = ["-maxrate", most, "-bufsize", most]
        }
        return ConverterCommand(
            program: program,
            arguments: [
                "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-f", "mov", "-i", "file:\(source)",
                "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1",
                "-vf", filters.joined(separator: ","), "-c:v", "libx264", "-preset", "medium", "-crf", "20", "-bf", "0",
            ] + rate + [
                "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-movflags", "+faststart", "-use_editlist", "0", "-f", "mp4",
                "file:\(result)",
            ])
    }
}
