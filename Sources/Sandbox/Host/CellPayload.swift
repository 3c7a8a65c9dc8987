import WidgetAPI

/// An answer's JSON, its picture read already.
struct CellPayload {
    /// Everything but the picture.
    private(set) var json = JSONObject()
    /// The picture where there is one, or why it is refused.
    private(set) var view: Result<View, ForeignView.Refusal>?
    /// How long the answer is.
    let bytes: Int

    /// Reads an answer about a widget of which that picture was the last.
    ///
    /// - Throws: `JSONSyntaxError` for what is not one JSON object.
    init(_ bytes: UnsafeBufferPointer<UInt8>, assetsAt assets: String, after memory: inout PictureMemory) throws {
        self.bytes = bytes.count
        var parser = JSONParser(bytes: bytes)
        try parser.checkEncoding()
        guard parser.next() == UInt8(ascii: "{") else {
            // No answer is anything else; whatever it is, no member is in it.
            _ = try parser.value()
            try parser.end()
            return
        }
        try parser.begin()
        var isFirst = true
        while try parser.more("}", &isFirst) {
            let name = try parser.name()
            if name == "view", parser.next() != UInt8(ascii: "n") {
                view = try ForeignView.read(&parser, assetsAt: assets, after: &memory)
            } else {
                json[name] = try parser.value()
            }
        }
        try parser.end()
    }

    subscript(name: String) -> JSONValue? { json[name] }
}
