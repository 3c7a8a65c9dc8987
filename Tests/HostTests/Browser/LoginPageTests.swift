import Testing
import WidgetAPI

@testable import FakePlatforms

extension BrowserTests {
    @Suite struct LoginPageTests {
        @Test func `you sign in with Twitch and connect Kick, through their own pages`() throws {
            let host = try LoginHost()
            host.twitch.manners.showsPage = true
            host.kick.manners.showsPage = true
            let page = try Browser().newPage()
            try page.open("\(host.base)/auth/login")
            try page.saveScreenshot("login-platforms")

            try page.click("a[href='/auth/login/twitch']")
            try page.wait(until: "document.title === 'twitch'", "Twitch asks")
            try page.click("#deny")
            try page.wait(until: "document.querySelector('.notice.bad')", "the login page says why")
            #expect(try page.evaluate("location.pathname") == "/auth/login")
            try page.saveScreenshot("login-denied")
            try page.click("a[href='/auth/login/twitch']")
            try page.wait(until: "document.title === 'twitch'", "Twitch asks again")
            try page.click("#allow")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.wait(until: "document.querySelector('#link-chip')?.dataset.link === 'live'", "the link is live")

            try page.open("\(host.base)/auth/login/kick?intent=connect")
            try page.wait(until: "document.title === 'kick'", "Kick asks")
            try page.click("#allow")
            let notice = "document.querySelector('.notice')?.textContent"
            try page.wait(until: "\(notice) === 'Kick is connected.'", "it is said")
            #expect(try page.evaluate("location.pathname") == "/dashboard/settings")
            for (platform, channel) in [("twitch", "alice"), ("kick", "alice-live")] {
                try page.open("\(host.base)/dashboard?platform=\(platform)")
                let address = try page.evaluate("document.querySelector('#overlay-address').value")
                #expect(address == .string("\(host.base)/\(platform)/\(channel)/overlay"))
            }
            try page.saveScreenshot("dashboard-connected")
            // No script can reach what signs you in.
            #expect(try page.evaluate("document.cookie") == "")
            try page.expectNoComplaints()
        }
    }
}
