extension String {
    /// Texts one behind the other, in room that is made once: every line of chat has paths of pictures in it.
    init<let count: Int>(joining parts: InlineArray<count, String>) {
        var size = 0
        for place in parts.indices { size += parts[place].utf8.count }
        self.init(unsafeUninitializedCapacity: size) { room in
            var end = 0
            for place in parts.indices {
                let part = parts[place].utf8.span
                for byte in part.indices { room.initializeElement(at: end + byte, to: part[byte]) }
                end += part.count
            }
            return end
        }
    }
}
