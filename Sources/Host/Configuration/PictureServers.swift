/// Where the platforms have their pictures, and what the addresses begin with that they name.
enum PictureServers {
    static let twitch = "https://static-cdn.jtvnw.net"
    static let cheermotes = "https://d3aqoihi2n8ty8.cloudfront.net"
    static let kick = "https://files.kick.com"
}
