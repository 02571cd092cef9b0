/// Signs below a card, drawn for this page.
extension HTML {
    static let reply = sign("M4 5h16v11H9l-5 4z")
    static let again = sign("M5 15V8h10m-3-3 3 3-3 3M19 9v7H9m3 3-3-3 3-3")
    static let heart = sign("M12 20S4 15 4 9.5A4 4 0 0 1 12 8a4 4 0 0 1 8 1.5C20 15 12 20 12 20z")
    static let bars = sign("M5 19v-6m5 6V9m5 10V5m5 14v-8")
    static let send = sign("M21 4 3 11l7 3 3 7z")

    private static func sign(_ path: HTML) -> HTML {
        "<svg viewBox=\"0 0 24 24\" width=\"18\" height=\"18\"><path d=\"\(path)\"/></svg>"
    }
}
