import Logging
import WidgetAPI

/// A widget on a layout with what its pages have of it: the last picture and its number.
///
/// A widget whose type is missing, or whose settings are refused, keeps its place and shows nothing.
final class StageWidget {
    /// Where it stands; its settings here are those of the last time the layouts were read.
    var placed: PlacedWidget
    let instance: (any WidgetInstance)?
    /// The number of the picture that pages have.
    private(set) var rev: Int64 = 0
    private(set) var view = View()
    /// When the next picture may be drawn: pages get at most 20 a second.
    ///
    /// A picture that came late does not delay the ones after it: events that come exactly as fast as pictures may
    /// would otherwise wait behind one hiccup for ever.
    private(set) var nextPicture = Timestamp(milliseconds: 0)
    /// Something outside the widget, a moderator's deletion, has changed what may be seen.
    var mustRedraw = false
    /// What it has written, for its streamer and its author.
    var journal = WidgetJournal()
    /// Why its last picture was not shown.
    private(set) var refusal: (reason: ViewGuard.Refusal, at: Timestamp)?
    /// When it came on air.
    let begun: Timestamp?

    init(placed: PlacedWidget, instance: (any WidgetInstance)?, begun: Timestamp? = nil) {
        self.placed = placed
        self.instance = instance
        self.begun = begun
    }

    /// What the pages need to come from the last picture to this one.
    enum Change {
        case operations([PatchOperation])
        /// So much has changed that a patch would hardly be smaller than the picture.
        case whole(View)
    }

    var needsDrawing: Bool { mustRedraw || instance?.isDirty == true }

    /// Draws those that have changed and whose last picture is old enough.
    ///
    /// - Returns: how many milliseconds it takes until the next may be drawn; `nil` when none waits.
    static func draw(
        _ widgets: some Sequence<StageWidget>,
        hiding hidden: Set<Event.ID>,
        at moment: Timestamp,
        logger: Logger,
        publish: (StageWidget, Change) -> Void
    ) -> Int64? {
        var next: Int64?
        for widget in widgets where widget.needsDrawing {
            let wait = widget.nextPicture.milliseconds - moment.milliseconds
            // A longer one means that the clock was set back, and nobody must wait for that.
            if (1...TenantRuntime.pictureMilliseconds).contains(wait) {
                next = min(next ?? wait, wait)
            } else if let change = widget.draw(hiding: hidden, at: moment, logger: logger) {
                publish(widget, change)
            }
        }
        return next
    }

    /// Draws, and says what is new; `nil` when the picture is the same or may not be shown.
    func draw(hiding hidden: Set<Event.ID>, at moment: Timestamp, logger: Logger) -> Change? {
        guard let instance, needsDrawing else { return nil }
        mustRedraw = false
        let interval = TenantRuntime.pictureMilliseconds
        nextPicture = max(nextPicture.advanced(byMilliseconds: interval), moment)
        // One picture may be ahead of its time, no more.
        nextPicture = min(nextPicture, moment.advanced(byMilliseconds: interval))
        let next: View
        do throws(ViewGuard.Refusal) {
            next = try ViewGuard(hidden: hidden).admit(instance.render())
            refusal = nil
        } catch {
            report(error, at: moment, logger)
            // The last good picture stays, but not what a moderator has removed from it.
            guard let cleaned = try? ViewGuard(hidden: hidden).admit(view) else { return nil }
            next = cleaned
        }
        let operations = ViewDiff.operations(from: view, to: next)
        guard !operations.isEmpty else { return nil }
        view = next
        rev += 1
        return operations.count > ViewLimits.nodes / 2 ? .whole(next) : .operations(operations)
    }

    /// The last good picture stays; the reason is said once, not at every event.
    private func report(_ reason: ViewGuard.Refusal, at moment: Timestamp, _ logger: Logger) {
        guard reason != refusal?.reason else { return }
        refusal = (reason, moment)
        journal.append(.init(at: moment, level: .error, text: "its view was refused: \(reason)"))
        logger.error(
            "a widget's view was refused; its last picture stays",
            metadata: ["widget": "\(placed.id)", "type": "\(placed.type)", "reason": "\(reason)"]
        )
    }
}
