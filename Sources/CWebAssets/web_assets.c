// Written by Scripts/embed-web.sh: the page files, as bytes.
#include "web_assets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../Host/Web/dashboard/app.css"
};
static const unsigned char file_1[] = {
#embed "../Host/Web/dashboard/copy-field.js"
};
static const unsigned char file_2[] = {
#embed "../Host/Web/dashboard/event-list.js"
};
static const unsigned char file_3[] = {
#embed "../Host/Web/dashboard/event-sentence.js"
};
static const unsigned char file_4[] = {
#embed "../Host/Web/dashboard/event-stream.js"
};
static const unsigned char file_5[] = {
#embed "../Host/Web/dashboard/home.js"
};
static const unsigned char file_6[] = {
#embed "../Host/Web/dashboard/money.js"
};
static const unsigned char file_7[] = {
#embed "../Host/Web/dashboard/recent-events.js"
};
static const unsigned char file_8[] = {
#embed "../Host/Web/dashboard/relative-time.js"
};
static const unsigned char file_9[] = {
#embed "../Host/Web/dashboard/tokens.css"
};
static const unsigned char file_10[] = {
#embed "../Host/Web/demo/avatars/1.svg"
};
static const unsigned char file_11[] = {
#embed "../Host/Web/demo/avatars/10.svg"
};
static const unsigned char file_12[] = {
#embed "../Host/Web/demo/avatars/11.svg"
};
static const unsigned char file_13[] = {
#embed "../Host/Web/demo/avatars/12.svg"
};
static const unsigned char file_14[] = {
#embed "../Host/Web/demo/avatars/2.svg"
};
static const unsigned char file_15[] = {
#embed "../Host/Web/demo/avatars/3.svg"
};
static const unsigned char file_16[] = {
#embed "../Host/Web/demo/avatars/4.svg"
};
static const unsigned char file_17[] = {
#embed "../Host/Web/demo/avatars/5.svg"
};
static const unsigned char file_18[] = {
#embed "../Host/Web/demo/avatars/6.svg"
};
static const unsigned char file_19[] = {
#embed "../Host/Web/demo/avatars/7.svg"
};
static const unsigned char file_20[] = {
#embed "../Host/Web/demo/avatars/8.svg"
};
static const unsigned char file_21[] = {
#embed "../Host/Web/demo/avatars/9.svg"
};
static const unsigned char file_22[] = {
#embed "../Host/Web/demo/emotes/cozy.svg"
};
static const unsigned char file_23[] = {
#embed "../Host/Web/demo/emotes/gg.svg"
};
static const unsigned char file_24[] = {
#embed "../Host/Web/demo/emotes/heart.svg"
};
static const unsigned char file_25[] = {
#embed "../Host/Web/demo/emotes/hype.svg"
};
static const unsigned char file_26[] = {
#embed "../Host/Web/demo/emotes/laugh.svg"
};
static const unsigned char file_27[] = {
#embed "../Host/Web/demo/emotes/think.svg"
};
static const unsigned char file_28[] = {
#embed "../Host/Web/demo/emotes/wave.svg"
};
static const unsigned char file_29[] = {
#embed "../Host/Web/demo/emotes/wow.svg"
};
static const unsigned char file_30[] = {
#embed "../Host/Web/overlay/alert-reports.js"
};
static const unsigned char file_31[] = {
#embed "../Host/Web/overlay/branch.js"
};
static const unsigned char file_32[] = {
#embed "../Host/Web/overlay/catch-up.js"
};
static const unsigned char file_33[] = {
#embed "../Host/Web/overlay/connection.js"
};
static const unsigned char file_34[] = {
#embed "../Host/Web/overlay/entrances.js"
};
static const unsigned char file_35[] = {
#embed "../Host/Web/overlay/frame-queue.js"
};
static const unsigned char file_36[] = {
#embed "../Host/Web/overlay/frame-rate.js"
};
static const unsigned char file_37[] = {
#embed "../Host/Web/overlay/leaving-elements.js"
};
static const unsigned char file_38[] = {
#embed "../Host/Web/overlay/link-mark.js"
};
static const unsigned char file_39[] = {
#embed "../Host/Web/overlay/main.js"
};
static const unsigned char file_40[] = {
#embed "../Host/Web/overlay/motion.js"
};
static const unsigned char file_41[] = {
#embed "../Host/Web/overlay/overlay.css"
};
static const unsigned char file_42[] = {
#embed "../Host/Web/overlay/page-address.js"
};
static const unsigned char file_43[] = {
#embed "../Host/Web/overlay/page-fonts.js"
};
static const unsigned char file_44[] = {
#embed "../Host/Web/overlay/paint-times.js"
};
static const unsigned char file_45[] = {
#embed "../Host/Web/overlay/picture-words.js"
};
static const unsigned char file_46[] = {
#embed "../Host/Web/overlay/placement.js"
};
static const unsigned char file_47[] = {
#embed "../Host/Web/overlay/policy.js"
};
static const unsigned char file_48[] = {
#embed "../Host/Web/overlay/preview-feed.js"
};
static const unsigned char file_49[] = {
#embed "../Host/Web/overlay/props.js"
};
static const unsigned char file_50[] = {
#embed "../Host/Web/overlay/reload.js"
};
static const unsigned char file_51[] = {
#embed "../Host/Web/overlay/server-clock.js"
};
static const unsigned char file_52[] = {
#embed "../Host/Web/overlay/slot.js"
};
static const unsigned char file_53[] = {
#embed "../Host/Web/overlay/sounds.js"
};
static const unsigned char file_54[] = {
#embed "../Host/Web/overlay/stage.js"
};
static const unsigned char file_55[] = {
#embed "../Host/Web/overlay/theme.js"
};
static const unsigned char file_56[] = {
#embed "../Host/Web/overlay/view-error.js"
};
static const unsigned char file_57[] = {
#embed "../Host/Web/overlay/view.js"
};
static const unsigned char file_58[] = {
#embed "../Host/Web/pages/dashboard.mustache"
};
static const unsigned char file_59[] = {
#embed "../Host/Web/pages/error.mustache"
};
static const unsigned char file_60[] = {
#embed "../Host/Web/pages/login.mustache"
};
static const unsigned char file_61[] = {
#embed "../Host/Web/pages/overlay.mustache"
};
static const unsigned char file_62[] = {
#embed "../Host/Web/realtime/browser.js"
};
static const unsigned char file_63[] = {
#embed "../Host/Web/realtime/envelope.js"
};
static const unsigned char file_64[] = {
#embed "../Host/Web/realtime/link.js"
};
static const unsigned char file_65[] = {
#embed "../Host/Web/realtime/retry.js"
};
static const unsigned char file_66[] = {
#embed "../Host/Web/realtime/silence.js"
};
static const unsigned char file_67[] = {
#embed "../Host/Web/schemas/widget-1.json"
};
static const unsigned char file_68[] = {
#embed "../Host/Web/widgets/assets/chime.wav"
};

static const web_asset_file files[] = {
    {"dashboard/app.css", file_0, sizeof file_0},
    {"dashboard/copy-field.js", file_1, sizeof file_1},
    {"dashboard/event-list.js", file_2, sizeof file_2},
    {"dashboard/event-sentence.js", file_3, sizeof file_3},
    {"dashboard/event-stream.js", file_4, sizeof file_4},
    {"dashboard/home.js", file_5, sizeof file_5},
    {"dashboard/money.js", file_6, sizeof file_6},
    {"dashboard/recent-events.js", file_7, sizeof file_7},
    {"dashboard/relative-time.js", file_8, sizeof file_8},
    {"dashboard/tokens.css", file_9, sizeof file_9},
    {"demo/avatars/1.svg", file_10, sizeof file_10},
    {"demo/avatars/10.svg", file_11, sizeof file_11},
    {"demo/avatars/11.svg", file_12, sizeof file_12},
    {"demo/avatars/12.svg", file_13, sizeof file_13},
    {"demo/avatars/2.svg", file_14, sizeof file_14},
    {"demo/avatars/3.svg", file_15, sizeof file_15},
    {"demo/avatars/4.svg", file_16, sizeof file_16},
    {"demo/avatars/5.svg", file_17, sizeof file_17},
    {"demo/avatars/6.svg", file_18, sizeof file_18},
    {"demo/avatars/7.svg", file_19, sizeof file_19},
    {"demo/avatars/8.svg", file_20, sizeof file_20},
    {"demo/avatars/9.svg", file_21, sizeof file_21},
    {"demo/emotes/cozy.svg", file_22, sizeof file_22},
    {"demo/emotes/gg.svg", file_23, sizeof file_23},
    {"demo/emotes/heart.svg", file_24, sizeof file_24},
    {"demo/emotes/hype.svg", file_25, sizeof file_25},
    {"demo/emotes/laugh.svg", file_26, sizeof file_26},
    {"demo/emotes/think.svg", file_27, sizeof file_27},
    {"demo/emotes/wave.svg", file_28, sizeof file_28},
    {"demo/emotes/wow.svg", file_29, sizeof file_29},
    {"overlay/alert-reports.js", file_30, sizeof file_30},
    {"overlay/branch.js", file_31, sizeof file_31},
    {"overlay/catch-up.js", file_32, sizeof file_32},
    {"overlay/connection.js", file_33, sizeof file_33},
    {"overlay/entrances.js", file_34, sizeof file_34},
    {"overlay/frame-queue.js", file_35, sizeof file_35},
    {"overlay/frame-rate.js", file_36, sizeof file_36},
    {"overlay/leaving-elements.js", file_37, sizeof file_37},
    {"overlay/link-mark.js", file_38, sizeof file_38},
    {"overlay/main.js", file_39, sizeof file_39},
    {"overlay/motion.js", file_40, sizeof file_40},
    {"overlay/overlay.css", file_41, sizeof file_41},
    {"overlay/page-address.js", file_42, sizeof file_42},
    {"overlay/page-fonts.js", file_43, sizeof file_43},
    {"overlay/paint-times.js", file_44, sizeof file_44},
    {"overlay/picture-words.js", file_45, sizeof file_45},
    {"overlay/placement.js", file_46, sizeof file_46},
    {"overlay/policy.js", file_47, sizeof file_47},
    {"overlay/preview-feed.js", file_48, sizeof file_48},
    {"overlay/props.js", file_49, sizeof file_49},
    {"overlay/reload.js", file_50, sizeof file_50},
    {"overlay/server-clock.js", file_51, sizeof file_51},
    {"overlay/slot.js", file_52, sizeof file_52},
    {"overlay/sounds.js", file_53, sizeof file_53},
    {"overlay/stage.js", file_54, sizeof file_54},
    {"overlay/theme.js", file_55, sizeof file_55},
    {"overlay/view-error.js", file_56, sizeof file_56},
    {"overlay/view.js", file_57, sizeof file_57},
    {"pages/dashboard.mustache", file_58, sizeof file_58},
    {"pages/error.mustache", file_59, sizeof file_59},
    {"pages/login.mustache", file_60, sizeof file_60},
    {"pages/overlay.mustache", file_61, sizeof file_61},
    {"realtime/browser.js", file_62, sizeof file_62},
    {"realtime/envelope.js", file_63, sizeof file_63},
    {"realtime/link.js", file_64, sizeof file_64},
    {"realtime/retry.js", file_65, sizeof file_65},
    {"realtime/silence.js", file_66, sizeof file_66},
    {"schemas/widget-1.json", file_67, sizeof file_67},
    {"widgets/assets/chime.wav", file_68, sizeof file_68},
};

size_t web_assets_count(void) { return sizeof files / sizeof files[0]; }

web_asset_file web_asset(size_t index) { return files[index]; }
