import Foundation
import WidgetAPI

/// The clock of the fake platforms.
enum PlatformClock {
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
