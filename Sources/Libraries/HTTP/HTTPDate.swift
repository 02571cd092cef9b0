import CCurl

/// The time that a `Date` header names, in seconds since 1970; nil if it is no HTTP date.
package func httpDate(_ text: String) -> Int64? {
    let seconds = curl_getdate(text, nil)
    return seconds < 0 ? nil : Int64(seconds)
}
