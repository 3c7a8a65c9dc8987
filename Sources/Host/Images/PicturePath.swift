extension String {
    /// Texts one behind the other, in room that is made once: every line of chat has paths of pictures in it.
    init<let count: Int>(joining parts: InlineArray<count, String>) {
        var size = 0
        for place in parts.indices { size += parts[place].utf8.count }
        self.init(unsafeUninitializedCapacity: size) { room in
            let bytes = UnsafeMutableRawBufferPointer(room)
            var end = 0
            for place in parts.indices {
                let part = parts[place].utf8.span
                let free = UnsafeMutableRawBufferPointer(rebasing: bytes[end...])
                part.withUnsafeBytes { free.copyMemory(from: $0) }
                end += part.count
            }
            return end
        }
    }
}
