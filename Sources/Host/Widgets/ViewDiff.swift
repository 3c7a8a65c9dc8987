import WidgetAPI

/// One step of a path from a view's root: the place among the children, or a child's key.
enum PathStep: Equatable, Sendable {
    case index(Int)
    case key(String)
}

/// What turns one picture into the next (contract section 3).
enum PatchOperation: Equatable, Sendable {
    case text(path: [PathStep], String)
    case properties(path: [PathStep], PropertyChanges)
    case insert(parent: [PathStep], before: PathStep?, Node)
    case remove(path: [PathStep])
    case move(parent: [PathStep], key: String, before: String?)
    case replace(path: [PathStep], Node)
}

/// Properties of an element that changed; `nil` removes one.
struct PropertyChanges: Equatable, Sendable {
    /// The new class names: changed when the outer optional is there.
    var className: String??
    var attributes: [(name: String, value: String?)] = []
    var style: [(name: String, value: String?)] = []

    var isEmpty: Bool { className == nil && attributes.isEmpty && style.isEmpty }

    static func == (left: Self, right: Self) -> Bool {
        left.className == right.className && left.attributes.elementsEqual(right.attributes, by: ==)
            && left.style.elementsEqual(right.style, by: ==)
    }
}

/// Compares two pictures of one widget.
///
/// Children of which every one has a key keep their nodes: what left is removed, the longest run that kept its order
/// stays, the rest moves. Other lists are compared place by place.
struct ViewDiff {
    private var operations: [PatchOperation] = []

    /// The operations that turn `old` into `new`, to be applied in order.
    static func operations(from old: View, to new: View) -> [PatchOperation] {
        var diff = ViewDiff()
        diff.compare(old.children, new.children, at: [])
        return diff.operations
    }

    private mutating func compare(_ old: [Node], _ new: [Node], at path: [PathStep]) {
        if let oldKeys = Self.keys(old), let newKeys = Self.keys(new) {
            return compareKeyed(old, oldKeys, new, newKeys, at: path)
        }
        let shared = min(old.count, new.count)
        for index in (shared..<old.count).reversed() { operations.append(.remove(path: path + [.index(index)])) }
        for index in 0..<shared { compare(old[index], new[index], at: path, step: .index(index)) }
        for index in shared..<new.count { operations.append(.insert(parent: path, before: nil, new[index])) }
    }

    private mutating func compare(_ old: Node, _ new: Node, at parent: [PathStep], step: PathStep) {
        switch (old, new) {
        case (.text(let before), .text(let after)):
            if before != after { operations.append(.text(path: parent + [step], after)) }
        case (.element(let before), .element(let after)):
            if before === after { return }
            guard before.tag == after.tag, before.key == after.key else {
                return operations.append(.replace(path: parent + [step], new))
            }
            let changes = Self.changes(from: before, to: after)
            if !changes.isEmpty { operations.append(.properties(path: parent + [step], changes)) }
            if before.children.isEmpty, after.children.isEmpty { return }
            compare(before.children, after.children, at: parent + [step])
        default: operations.append(.replace(path: parent + [step], new))
        }
    }

    /// The children's keys when every one has one; an empty list goes with either way.
    private static func keys(_ children: [Node]) -> [String]? {
        var keys: [String] = []
        keys.reserveCapacity(children.count)
        for child in children {
            guard case .element(let element) = child, let key = element.key else { return nil }
            keys.append(key)
        }
        return keys
    }

    private mutating func compareKeyed(
        _ old: [Node],
        _ oldKeys: [String],
        _ new: [Node],
        _ newKeys: [String],
        at path: [PathStep]
    ) {
        // The common case, a list that lost some at its front and won some at its end, needs no tables.
        if let shift = Self.shift(oldKeys, newKeys) {
            for key in oldKeys[..<shift] { operations.append(.remove(path: path + [.key(key)])) }
            let kept = oldKeys.count - shift
            for index in 0..<kept {
                compare(old[shift + index], new[index], at: path, step: .key(newKeys[index]))
            }
            for node in new[kept...] { operations.append(.insert(parent: path, before: nil, node)) }
            return
        }
        let oldPlaces = Dictionary(uniqueKeysWithValues: zip(oldKeys, oldKeys.indices))
        let newKeySet = Set(newKeys)
        for key in oldKeys where !newKeySet.contains(key) { operations.append(.remove(path: path + [.key(key)])) }
        let staying = Self.longestIncreasing(newKeys.map { oldPlaces[$0] })
        var before: String?
        for index in new.indices.reversed() {
            let key = newKeys[index]
            if let place = oldPlaces[key] {
                if !staying.contains(index) { operations.append(.move(parent: path, key: key, before: before)) }
                compare(old[place], new[index], at: path, step: .key(key))
            } else {
                operations.append(.insert(parent: path, before: before.map(PathStep.key), new[index]))
            }
            before = key
        }
    }

    /// How many left at the front, when all that remained kept their places and newcomers stand at the end.
    private static func shift(_ old: [String], _ new: [String]) -> Int? {
        guard let first = new.first else { return old.count }
        let shift = old.firstIndex(of: first) ?? old.count
        let kept = old.count - shift
        guard kept <= new.count, old[shift...].elementsEqual(new[..<kept]) else { return nil }
        // A newcomer must not be one of those that left: its node would be thrown away for nothing.
        guard shift > 0, kept < new.count else { return shift }
        let left = Set(old[..<shift])
        return new[kept...].contains(where: left.contains) ? nil : shift
    }

    /// Places of a longest run of rising values; `nil` values are newcomers and belong to none.
    private static func longestIncreasing(_ values: [Int?]) -> Set<Int> {
        var tails: [Int] = []
        var previous = [Int](repeating: -1, count: values.count)
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            var low = 0
            var high = tails.count
            while low < high {
                let middle = (low + high) / 2
                if values[tails[middle]] ?? -1 < value { low = middle + 1 } else { high = middle }
            }
            if low > 0 { previous[index] = tails[low - 1] }
            if low == tails.count { tails.append(index) } else { tails[low] = index }
        }
        var result: Set<Int> = []
        var index = tails.last ?? -1
        while index >= 0 {
            result.insert(index)
            index = previous[index]
        }
        return result
    }

    private static func changes(from old: Element, to new: Element) -> PropertyChanges {
        var changes = PropertyChanges()
        if old.class != new.class { changes.className = .some(new.class) }
        if old.attributes != new.attributes {
            changes.attributes = differences(
                old.attributes.map { ($0.name.text, $0.value) },
                new.attributes.map { ($0.name.text, $0.value) }
            )
        }
        if old.style != new.style {
            changes.style = differences(
                old.style.map { ($0.property.text, $0.value) },
                new.style.map { ($0.property.text, $0.value) }
            )
        }
        return changes
    }

    private static func differences(
        _ old: [(String, String)],
        _ new: [(String, String)]
    ) -> [(name: String, value: String?)] {
        var result: [(name: String, value: String?)] = []
        for (name, value) in new where !old.contains(where: { $0 == (name, value) }) { result.append((name, value)) }
        for (name, _) in old where !new.contains(where: { $0.0 == name }) { result.append((name, nil)) }
        return result
    }
}
