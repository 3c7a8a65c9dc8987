// Written by Scripts/embed-web.sh: the page files, as bytes.
#include "web_assets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../Host/Web/dashboard/app.css"
};
static const unsigned char file_1[] = {
#embed "../Host/Web/dashboard/css/tokens.css"
};
static const unsigned char file_2[] = {
#embed "../Host/Web/dashboard/elements/copy-field.js"
};
static const unsigned char file_3[] = {
#embed "../Host/Web/dashboard/elements/dom.js"
};
static const unsigned char file_4[] = {
#embed "../Host/Web/dashboard/elements/icon.js"
};
static const unsigned char file_5[] = {
#embed "../Host/Web/dashboard/home/event-list.js"
};
static const unsigned char file_6[] = {
#embed "../Host/Web/dashboard/icons.svg"
};
static const unsigned char file_7[] = {
#embed "../Host/Web/dashboard/model/api.js"
};
static const unsigned char file_8[] = {
#embed "../Host/Web/dashboard/model/event-sentence.js"
};
static const unsigned char file_9[] = {
#embed "../Host/Web/dashboard/model/event-stream.js"
};
static const unsigned char file_10[] = {
#embed "../Host/Web/dashboard/model/money.js"
};
static const unsigned char file_11[] = {
#embed "../Host/Web/dashboard/model/recent-events.js"
};
static const unsigned char file_12[] = {
#embed "../Host/Web/dashboard/model/relative-time.js"
};
static const unsigned char file_13[] = {
#embed "../Host/Web/dashboard/model/words.js"
};
static const unsigned char file_14[] = {
#embed "../Host/Web/dashboard/pages/home.js"
};
static const unsigned char file_15[] = {
#embed "../Host/Web/dashboard/shell/announce.js"
};
static const unsigned char file_16[] = {
#embed "../Host/Web/dashboard/shell/toast.js"
};
static const unsigned char file_17[] = {
#embed "../Host/Web/demo/avatars/1.svg"
};
static const unsigned char file_18[] = {
#embed "../Host/Web/demo/avatars/10.svg"
};
static const unsigned char file_19[] = {
#embed "../Host/Web/demo/avatars/11.svg"
};
static const unsigned char file_20[] = {
#embed "../Host/Web/demo/avatars/12.svg"
};
static const unsigned char file_21[] = {
#embed "../Host/Web/demo/avatars/2.svg"
};
static const unsigned char file_22[] = {
#embed "../Host/Web/demo/avatars/3.svg"
};
static const unsigned char file_23[] = {
#embed "../Host/Web/demo/avatars/4.svg"
};
static const unsigned char file_24[] = {
#embed "../Host/Web/demo/avatars/5.svg"
};
static const unsigned char file_25[] = {
#embed "../Host/Web/demo/avatars/6.svg"
};
static const unsigned char file_26[] = {
#embed "../Host/Web/demo/avatars/7.svg"
};
static const unsigned char file_27[] = {
#embed "../Host/Web/demo/avatars/8.svg"
};
static const unsigned char file_28[] = {
#embed "../Host/Web/demo/avatars/9.svg"
};
static const unsigned char file_29[] = {
#embed "../Host/Web/demo/emotes/cozy.svg"
};
static const unsigned char file_30[] = {
#embed "../Host/Web/demo/emotes/gg.svg"
};
static const unsigned char file_31[] = {
#embed "../Host/Web/demo/emotes/heart.svg"
};
static const unsigned char file_32[] = {
#embed "../Host/Web/demo/emotes/hype.svg"
};
static const unsigned char file_33[] = {
#embed "../Host/Web/demo/emotes/laugh.svg"
};
static const unsigned char file_34[] = {
#embed "../Host/Web/demo/emotes/think.svg"
};
static const unsigned char file_35[] = {
#embed "../Host/Web/demo/emotes/wave.svg"
};
static const unsigned char file_36[] = {
#embed "../Host/Web/demo/emotes/wow.svg"
};
static const unsigned char file_37[] = {
#embed "../Host/Web/overlay/alert-reports.js"
};
static const unsigned char file_38[] = {
#embed "../Host/Web/overlay/branch.js"
};
static const unsigned char file_39[] = {
#embed "../Host/Web/overlay/catch-up.js"
};
static const unsigned char file_40[] = {
#embed "../Host/Web/overlay/connection.js"
};
static const unsigned char file_41[] = {
#embed "../Host/Web/overlay/entrances.js"
};
static const unsigned char file_42[] = {
#embed "../Host/Web/overlay/frame-queue.js"
};
static const unsigned char file_43[] = {
#embed "../Host/Web/overlay/frame-rate.js"
};
static const unsigned char file_44[] = {
#embed "../Host/Web/overlay/leaving-elements.js"
};
static const unsigned char file_45[] = {
#embed "../Host/Web/overlay/link-mark.js"
};
static const unsigned char file_46[] = {
#embed "../Host/Web/overlay/main.js"
};
static const unsigned char file_47[] = {
#embed "../Host/Web/overlay/motion.js"
};
static const unsigned char file_48[] = {
#embed "../Host/Web/overlay/overlay.css"
};
static const unsigned char file_49[] = {
#embed "../Host/Web/overlay/page-address.js"
};
static const unsigned char file_50[] = {
#embed "../Host/Web/overlay/page-fonts.js"
};
static const unsigned char file_51[] = {
#embed "../Host/Web/overlay/paint-times.js"
};
static const unsigned char file_52[] = {
#embed "../Host/Web/overlay/picture-words.js"
};
static const unsigned char file_53[] = {
#embed "../Host/Web/overlay/placement.js"
};
static const unsigned char file_54[] = {
#embed "../Host/Web/overlay/policy.js"
};
static const unsigned char file_55[] = {
#embed "../Host/Web/overlay/props.js"
};
static const unsigned char file_56[] = {
#embed "../Host/Web/overlay/reload.js"
};
static const unsigned char file_57[] = {
#embed "../Host/Web/overlay/server-clock.js"
};
static const unsigned char file_58[] = {
#embed "../Host/Web/overlay/slot.js"
};
static const unsigned char file_59[] = {
#embed "../Host/Web/overlay/sounds.js"
};
static const unsigned char file_60[] = {
#embed "../Host/Web/overlay/stage.js"
};
static const unsigned char file_61[] = {
#embed "../Host/Web/overlay/theme.js"
};
static const unsigned char file_62[] = {
#embed "../Host/Web/overlay/view-error.js"
};
static const unsigned char file_63[] = {
#embed "../Host/Web/overlay/view.js"
};
static const unsigned char file_64[] = {
#embed "../Host/Web/pages/dashboard.mustache"
};
static const unsigned char file_65[] = {
#embed "../Host/Web/pages/error.mustache"
};
static const unsigned char file_66[] = {
#embed "../Host/Web/pages/login.mustache"
};
static const unsigned char file_67[] = {
#embed "../Host/Web/pages/overlay.mustache"
};
static const unsigned char file_68[] = {
#embed "../Host/Web/realtime/browser.js"
};
static const unsigned char file_69[] = {
#embed "../Host/Web/realtime/envelope.js"
};
static const unsigned char file_70[] = {
#embed "../Host/Web/realtime/link.js"
};
static const unsigned char file_71[] = {
#embed "../Host/Web/realtime/retry.js"
};
static const unsigned char file_72[] = {
#embed "../Host/Web/realtime/silence.js"
};
static const unsigned char file_73[] = {
#embed "../Host/Web/schemas/widget-1.json"
};
static const unsigned char file_74[] = {
#embed "../Host/Web/widgets/assets/chime.wav"
};

static const web_asset_file files[] = {
    {"dashboard/app.css", file_0, sizeof file_0},
    {"dashboard/css/tokens.css", file_1, sizeof file_1},
    {"dashboard/elements/copy-field.js", file_2, sizeof file_2},
    {"dashboard/elements/dom.js", file_3, sizeof file_3},
    {"dashboard/elements/icon.js", file_4, sizeof file_4},
    {"dashboard/home/event-list.js", file_5, sizeof file_5},
    {"dashboard/icons.svg", file_6, sizeof file_6},
    {"dashboard/model/api.js", file_7, sizeof file_7},
    {"dashboard/model/event-sentence.js", file_8, sizeof file_8},
    {"dashboard/model/event-stream.js", file_9, sizeof file_9},
    {"dashboard/model/money.js", file_10, sizeof file_10},
    {"dashboard/model/recent-events.js", file_11, sizeof file_11},
    {"dashboard/model/relative-time.js", file_12, sizeof file_12},
    {"dashboard/model/words.js", file_13, sizeof file_13},
    {"dashboard/pages/home.js", file_14, sizeof file_14},
    {"dashboard/shell/announce.js", file_15, sizeof file_15},
    {"dashboard/shell/toast.js", file_16, sizeof file_16},
    {"demo/avatars/1.svg", file_17, sizeof file_17},
    {"demo/avatars/10.svg", file_18, sizeof file_18},
    {"demo/avatars/11.svg", file_19, sizeof file_19},
    {"demo/avatars/12.svg", file_20, sizeof file_20},
    {"demo/avatars/2.svg", file_21, sizeof file_21},
    {"demo/avatars/3.svg", file_22, sizeof file_22},
    {"demo/avatars/4.svg", file_23, sizeof file_23},
    {"demo/avatars/5.svg", file_24, sizeof file_24},
    {"demo/avatars/6.svg", file_25, sizeof file_25},
    {"demo/avatars/7.svg", file_26, sizeof file_26},
    {"demo/avatars/8.svg", file_27, sizeof file_27},
    {"demo/avatars/9.svg", file_28, sizeof file_28},
    {"demo/emotes/cozy.svg", file_29, sizeof file_29},
    {"demo/emotes/gg.svg", file_30, sizeof file_30},
    {"demo/emotes/heart.svg", file_31, sizeof file_31},
    {"demo/emotes/hype.svg", file_32, sizeof file_32},
    {"demo/emotes/laugh.svg", file_33, sizeof file_33},
    {"demo/emotes/think.svg", file_34, sizeof file_34},
    {"demo/emotes/wave.svg", file_35, sizeof file_35},
    {"demo/emotes/wow.svg", file_36, sizeof file_36},
    {"overlay/alert-reports.js", file_37, sizeof file_37},
    {"overlay/branch.js", file_38, sizeof file_38},
    {"overlay/catch-up.js", file_39, sizeof file_39},
    {"overlay/connection.js", file_40, sizeof file_40},
    {"overlay/entrances.js", file_41, sizeof file_41},
    {"overlay/frame-queue.js", file_42, sizeof file_42},
    {"overlay/frame-rate.js", file_43, sizeof file_43},
    {"overlay/leaving-elements.js", file_44, sizeof file_44},
    {"overlay/link-mark.js", file_45, sizeof file_45},
    {"overlay/main.js", file_46, sizeof file_46},
    {"overlay/motion.js", file_47, sizeof file_47},
    {"overlay/overlay.css", file_48, sizeof file_48},
    {"overlay/page-address.js", file_49, sizeof file_49},
    {"overlay/page-fonts.js", file_50, sizeof file_50},
    {"overlay/paint-times.js", file_51, sizeof file_51},
    {"overlay/picture-words.js", file_52, sizeof file_52},
    {"overlay/placement.js", file_53, sizeof file_53},
    {"overlay/policy.js", file_54, sizeof file_54},
    {"overlay/props.js", file_55, sizeof file_55},
    {"overlay/reload.js", file_56, sizeof file_56},
    {"overlay/server-clock.js", file_57, sizeof file_57},
    {"overlay/slot.js", file_58, sizeof file_58},
    {"overlay/sounds.js", file_59, sizeof file_59},
    {"overlay/stage.js", file_60, sizeof file_60},
    {"overlay/theme.js", file_61, sizeof file_61},
    {"overlay/view-error.js", file_62, sizeof file_62},
    {"overlay/view.js", file_63, sizeof file_63},
    {"pages/dashboard.mustache", file_64, sizeof file_64},
    {"pages/error.mustache", file_65, sizeof file_65},
    {"pages/login.mustache", file_66, sizeof file_66},
    {"pages/overlay.mustache", file_67, sizeof file_67},
    {"realtime/browser.js", file_68, sizeof file_68},
    {"realtime/envelope.js", file_69, sizeof file_69},
    {"realtime/link.js", file_70, sizeof file_70},
    {"realtime/retry.js", file_71, sizeof file_71},
    {"realtime/silence.js", file_72, sizeof file_72},
    {"schemas/widget-1.json", file_73, sizeof file_73},
    {"widgets/assets/chime.wav", file_74, sizeof file_74},
};

size_t web_assets_count(void) { return sizeof files / sizeof files[0]; }

web_asset_file web_asset(size_t index) { return files[index]; }
