/// The elements a view may hold.
///
/// Anything that could load, run or leave the widget is missing on purpose.
public enum Tag: String, Sendable, CaseIterable {
    case div, span, p, b, i, em, strong, small, s, u, br, ul, ol, li, img
    case heading1 = "h1"
    case heading2 = "h2"
    case heading3 = "h3"
    case heading4 = "h4"
    case progress, meter, time
    case svg, path, circle, rect, line, text
    case group = "g"
}
