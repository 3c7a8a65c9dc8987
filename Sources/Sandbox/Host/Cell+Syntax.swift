import WidgetAPI

extension Cell {
    /// Loads a program to learn whether it is one, and drops it again.
    ///
    /// Answers what the compiler says, as `main.lua:7: …`, or `nil` when it has nothing to say; that a program which
    /// compiles fails later is not told.
    package func syntaxFault(
        _ widget: CellWidget,
        _ payload: JSONValue,
        _ answer: @escaping (Result<String?, CellFailure>) -> Void
    ) {
        ask(.load, instance: widget.number, payload) { [weak self] (result: RawAnswer) in
            switch result {
            case .failure(let failure): answer(.failure(failure))
            case .success((true, let payload)):
                let error = payload["error"] ?? .null
                answer(.success(error["kind"] == "syntax" ? CellAnswer.Fault(error).message : nil))
            case .success((false, _)):
                self?.drop(widget)
                answer(.success(nil))
            }
        }
    }
}
