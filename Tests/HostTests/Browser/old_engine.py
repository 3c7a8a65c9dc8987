"""A page in the browser engine of OBS 28 to 30 (Qt's, Chromium 102), told line by line what to do.

Reads JSON from standard input, one order a line: {"load": ADDRESS}, {"evaluate": EXPRESSION}, {"visible": BOOL},
{"complaints": true}. Answers each with one line, {"value": ...} or {"error": TEXT}. Ends when its input does.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox --disable-gpu"

LONGEST_RUN_MS = 300_000


def answer(**values):
    print(json.dumps(values), flush=True)


try:
    from PyQt6.QtCore import QSocketNotifier, QTimer, QUrl
    from PyQt6.QtWebEngineCore import QWebEnginePage, qWebEngineChromiumVersion
    from PyQt6.QtWebEngineWidgets import QWebEngineView
    from PyQt6.QtWidgets import QApplication
except ImportError as error:
    answer(error=f"{error}; run: apt-get install python3-pyqt6.qtwebengine")
    sys.exit(1)


class Page(QWebEnginePage):
    """A page that remembers what the browser complained about."""

    def __init__(self, parent):
        super().__init__(parent)
        self.complaints = []

    def javaScriptConsoleMessage(self, level, message, line, source):
        if level != QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
            self.complaints.append(f"{message} ({source}:{line})")


class Orders:
    """Takes one order after the other; each is answered before the next one is read."""

    def __init__(self, application, view, page):
        self.application, self.view, self.page = application, view, page
        self.text = b""
        self.notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self.notifier.activated.connect(self.read)

    def read(self):
        piece = os.read(0, 1 << 20)
        if not piece:
            self.notifier.setEnabled(False)
            return self.application.quit()
        self.text += piece
        while b"\n" in self.text:
            line, self.text = self.text.split(b"\n", 1)
            self.obey(json.loads(line))

    def obey(self, order):
        if "load" in order:
            self.page.loadFinished.connect(self.loaded)
            self.page.load(QUrl(order["load"]))
        elif "evaluate" in order:
            expression = f"JSON.stringify({order['evaluate']}) ?? 'null'"
            self.page.runJavaScript(expression, lambda text: answer(value=json.loads(text or "null")))
        elif "visible" in order:
            self.view.setVisible(order["visible"])
            self.page.setVisible(order["visible"])
            answer(value=None)
        else:
            answer(value=self.page.complaints)

    def loaded(self, success):
        self.page.loadFinished.disconnect(self.loaded)
        answer(value=success)


def main():
    application = QApplication(sys.argv[:1])
    view = QWebEngineView()
    page = Page(view)
    view.setPage(page)
    view.resize(1920, 1080)
    view.show()
    orders = Orders(application, view, page)
    # Whoever gives the orders may have died without closing the pipe.
    QTimer.singleShot(LONGEST_RUN_MS, application.quit)
    answer(value=qWebEngineChromiumVersion())
    application.exec()
    del orders


main()
