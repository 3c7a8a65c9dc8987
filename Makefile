# Every command installs what it needs (Debian packages) and builds what is out of date.
.PHONY: run test check bench soak fuzz docs release dist ws-echo
.DEFAULT_GOAL := run

PORT ?= 8080
export SWIFT_BACKTRACE = enable=no

## Run the host with a demo channel.
run:
	@Scripts/install.sh run
	swift build --product streamvibes
	swift build --product streamvibes-cell
	.build/debug/streamvibes serve --demo --port $(PORT)

## Pass every test.
test:
	@Scripts/install.sh test
	node --test Sources/Host/Web/tests/*.test.js
	swift build --build-tests
	Scripts/test.sh

## What a review wants to be clean before it begins.
check:
	@Scripts/install.sh check
	Scripts/check-web.sh
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	swift build --build-tests
	swift test --skip-build --filter TidyTests

## The long forms of the tests that have one; hosts that run on their own are as they are installed.
soak: release
	@Scripts/install.sh test
	swift build --build-tests
	STREAMVIBES_SOAK=1 STREAMVIBES_BUILD=release swift test --skip-build \
		--filter 'CrashTests|StabilityTests|StreamTests|EventSubCrowdTests|PostingFaultsTests'

## Ten minutes of libFuzzer for each reader of strangers' bytes.
fuzz:
	@Scripts/install.sh run
	Scripts/fuzz.sh

## The program as it is installed.
release:
	@Scripts/install.sh run
	swift build -c release --product streamvibes
	swift build -c release --product streamvibes-cell

## One archive to be installed on a machine without Swift: .build/dist.
dist:
	@Scripts/install.sh run
	Scripts/dist.sh

## One table of measurements from one run.
bench: release
	@Scripts/install.sh bench
	python3 Benchmarks/run.py

## The references of the widget API and of widgets in Lua, and the widget gallery with its pictures (docs/widgets).
docs:
	@Scripts/install.sh test
	swift build --build-tests
	STREAMVIBES_GALLERY=1 swift test --skip-build --filter 'GalleryTests|GalleryPictures|ReferenceTests'
	swift package --allow-writing-to-directory .build/docs generate-documentation \
		--target WidgetAPI --warnings-as-errors --output-path .build/docs

## The WebSocket layer behind an echo, for conformance suites.
ws-echo:
	swift build --product streamvibes
	.build/debug/streamvibes ws-echo --port $(if $(filter command line,$(origin PORT)),$(PORT),9001)
