// Written by Scripts/embed-web.sh: the page files, as bytes.
#include "web_assets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../Host/Web/dashboard/alerts/panel.js"
};
static const unsigned char file_1[] = {
#embed "../Host/Web/dashboard/css/alerts.css"
};
static const unsigned char file_2[] = {
#embed "../Host/Web/dashboard/css/base.css"
};
static const unsigned char file_3[] = {
#embed "../Host/Web/dashboard/css/components.css"
};
static const unsigned char file_4[] = {
#embed "../Host/Web/dashboard/css/controls.css"
};
static const unsigned char file_5[] = {
#embed "../Host/Web/dashboard/css/editor.css"
};
static const unsigned char file_6[] = {
#embed "../Host/Web/dashboard/css/floating.css"
};
static const unsigned char file_7[] = {
#embed "../Host/Web/dashboard/css/form.css"
};
static const unsigned char file_8[] = {
#embed "../Host/Web/dashboard/css/home.css"
};
static const unsigned char file_9[] = {
#embed "../Host/Web/dashboard/css/landing.css"
};
static const unsigned char file_10[] = {
#embed "../Host/Web/dashboard/css/licences.css"
};
static const unsigned char file_11[] = {
#embed "../Host/Web/dashboard/css/login.css"
};
static const unsigned char file_12[] = {
#embed "../Host/Web/dashboard/css/sections.css"
};
static const unsigned char file_13[] = {
#embed "../Host/Web/dashboard/css/settings.css"
};
static const unsigned char file_14[] = {
#embed "../Host/Web/dashboard/css/setup.css"
};
static const unsigned char file_15[] = {
#embed "../Host/Web/dashboard/css/shell.css"
};
static const unsigned char file_16[] = {
#embed "../Host/Web/dashboard/css/stage.css"
};
static const unsigned char file_17[] = {
#embed "../Host/Web/dashboard/css/theme.css"
};
static const unsigned char file_18[] = {
#embed "../Host/Web/dashboard/css/tokens.css"
};
static const unsigned char file_19[] = {
#embed "../Host/Web/dashboard/css/widgets.css"
};
static const unsigned char file_20[] = {
#embed "../Host/Web/dashboard/editor/canvas-drag.js"
};
static const unsigned char file_21[] = {
#embed "../Host/Web/dashboard/editor/canvas.js"
};
static const unsigned char file_22[] = {
#embed "../Host/Web/dashboard/editor/conflict.js"
};
static const unsigned char file_23[] = {
#embed "../Host/Web/dashboard/editor/health.js"
};
static const unsigned char file_24[] = {
#embed "../Host/Web/dashboard/editor/icons.js"
};
static const unsigned char file_25[] = {
#embed "../Host/Web/dashboard/editor/inspector.js"
};
static const unsigned char file_26[] = {
#embed "../Host/Web/dashboard/editor/keys.js"
};
static const unsigned char file_27[] = {
#embed "../Host/Web/dashboard/editor/layers.js"
};
static const unsigned char file_28[] = {
#embed "../Host/Web/dashboard/editor/layout-editor.js"
};
static const unsigned char file_29[] = {
#embed "../Host/Web/dashboard/editor/layout-panel.js"
};
static const unsigned char file_30[] = {
#embed "../Host/Web/dashboard/editor/layouts-menu.js"
};
static const unsigned char file_31[] = {
#embed "../Host/Web/dashboard/editor/live-picture.js"
};
static const unsigned char file_32[] = {
#embed "../Host/Web/dashboard/editor/overlay-frame.js"
};
static const unsigned char file_33[] = {
#embed "../Host/Web/dashboard/editor/parts.js"
};
static const unsigned char file_34[] = {
#embed "../Host/Web/dashboard/editor/picker.js"
};
static const unsigned char file_35[] = {
#embed "../Host/Web/dashboard/editor/stage-bar.js"
};
static const unsigned char file_36[] = {
#embed "../Host/Web/dashboard/editor/state.js"
};
static const unsigned char file_37[] = {
#embed "../Host/Web/dashboard/editor/store.js"
};
static const unsigned char file_38[] = {
#embed "../Host/Web/dashboard/editor/test-events.js"
};
static const unsigned char file_39[] = {
#embed "../Host/Web/dashboard/editor/toolbar.js"
};
static const unsigned char file_40[] = {
#embed "../Host/Web/dashboard/editor/troubles.js"
};
static const unsigned char file_41[] = {
#embed "../Host/Web/dashboard/editor/until-drawn.js"
};
static const unsigned char file_42[] = {
#embed "../Host/Web/dashboard/editor/widget-menu.js"
};
static const unsigned char file_43[] = {
#embed "../Host/Web/dashboard/editor/work.js"
};
static const unsigned char file_44[] = {
#embed "../Host/Web/dashboard/elements/clipboard.js"
};
static const unsigned char file_45[] = {
#embed "../Host/Web/dashboard/elements/combobox.js"
};
static const unsigned char file_46[] = {
#embed "../Host/Web/dashboard/elements/contrast-badge.js"
};
static const unsigned char file_47[] = {
#embed "../Host/Web/dashboard/elements/copy-field.js"
};
static const unsigned char file_48[] = {
#embed "../Host/Web/dashboard/elements/dialog.js"
};
static const unsigned char file_49[] = {
#embed "../Host/Web/dashboard/elements/dom.js"
};
static const unsigned char file_50[] = {
#embed "../Host/Web/dashboard/elements/icon.js"
};
static const unsigned char file_51[] = {
#embed "../Host/Web/dashboard/elements/menu.js"
};
static const unsigned char file_52[] = {
#embed "../Host/Web/dashboard/elements/number-field.js"
};
static const unsigned char file_53[] = {
#embed "../Host/Web/dashboard/elements/schema-form-box.js"
};
static const unsigned char file_54[] = {
#embed "../Host/Web/dashboard/elements/schema-form-colors.js"
};
static const unsigned char file_55[] = {
#embed "../Host/Web/dashboard/elements/schema-form-controls.js"
};
static const unsigned char file_56[] = {
#embed "../Host/Web/dashboard/elements/schema-form-files.js"
};
static const unsigned char file_57[] = {
#embed "../Host/Web/dashboard/elements/schema-form-lists.js"
};
static const unsigned char file_58[] = {
#embed "../Host/Web/dashboard/elements/schema-form.js"
};
static const unsigned char file_59[] = {
#embed "../Host/Web/dashboard/elements/secret-field.js"
};
static const unsigned char file_60[] = {
#embed "../Host/Web/dashboard/elements/section.js"
};
static const unsigned char file_61[] = {
#embed "../Host/Web/dashboard/elements/seen.js"
};
static const unsigned char file_62[] = {
#embed "../Host/Web/dashboard/elements/tooltip.js"
};
static const unsigned char file_63[] = {
#embed "../Host/Web/dashboard/home/address.js"
};
static const unsigned char file_64[] = {
#embed "../Host/Web/dashboard/home/checklist.js"
};
static const unsigned char file_65[] = {
#embed "../Host/Web/dashboard/home/connections.js"
};
static const unsigned char file_66[] = {
#embed "../Host/Web/dashboard/home/event-list.js"
};
static const unsigned char file_67[] = {
#embed "../Host/Web/dashboard/home/numbers.js"
};
static const unsigned char file_68[] = {
#embed "../Host/Web/dashboard/home/setup.js"
};
static const unsigned char file_69[] = {
#embed "../Host/Web/dashboard/home/sources.js"
};
static const unsigned char file_70[] = {
#embed "../Host/Web/dashboard/home/test-event.js"
};
static const unsigned char file_71[] = {
#embed "../Host/Web/dashboard/home/wizard-pages.js"
};
static const unsigned char file_72[] = {
#embed "../Host/Web/dashboard/home/wizard.js"
};
static const unsigned char file_73[] = {
#embed "../Host/Web/dashboard/icons.svg"
};
static const unsigned char file_74[] = {
#embed "../Host/Web/dashboard/model/alert-board.js"
};
static const unsigned char file_75[] = {
#embed "../Host/Web/dashboard/model/api.js"
};
static const unsigned char file_76[] = {
#embed "../Host/Web/dashboard/model/browser-name.js"
};
static const unsigned char file_77[] = {
#embed "../Host/Web/dashboard/model/catalogue.js"
};
static const unsigned char file_78[] = {
#embed "../Host/Web/dashboard/model/checklist.js"
};
static const unsigned char file_79[] = {
#embed "../Host/Web/dashboard/model/connection-state.js"
};
static const unsigned char file_80[] = {
#embed "../Host/Web/dashboard/model/contrast.js"
};
static const unsigned char file_81[] = {
#embed "../Host/Web/dashboard/model/event-sentence.js"
};
static const unsigned char file_82[] = {
#embed "../Host/Web/dashboard/model/event-stream.js"
};
static const unsigned char file_83[] = {
#embed "../Host/Web/dashboard/model/event-way.js"
};
static const unsigned char file_84[] = {
#embed "../Host/Web/dashboard/model/failure-words.js"
};
static const unsigned char file_85[] = {
#embed "../Host/Web/dashboard/model/greeting.js"
};
static const unsigned char file_86[] = {
#embed "../Host/Web/dashboard/model/history.js"
};
static const unsigned char file_87[] = {
#embed "../Host/Web/dashboard/model/layout-edit.js"
};
static const unsigned char file_88[] = {
#embed "../Host/Web/dashboard/model/layout-saver.js"
};
static const unsigned char file_89[] = {
#embed "../Host/Web/dashboard/model/layout-session.js"
};
static const unsigned char file_90[] = {
#embed "../Host/Web/dashboard/model/layout-verdict.js"
};
static const unsigned char file_91[] = {
#embed "../Host/Web/dashboard/model/layout-wire.js"
};
static const unsigned char file_92[] = {
#embed "../Host/Web/dashboard/model/layout.js"
};
static const unsigned char file_93[] = {
#embed "../Host/Web/dashboard/model/live-numbers.js"
};
static const unsigned char file_94[] = {
#embed "../Host/Web/dashboard/model/money.js"
};
static const unsigned char file_95[] = {
#embed "../Host/Web/dashboard/model/once.js"
};
static const unsigned char file_96[] = {
#embed "../Host/Web/dashboard/model/overlay-address.js"
};
static const unsigned char file_97[] = {
#embed "../Host/Web/dashboard/model/platforms.js"
};
static const unsigned char file_98[] = {
#embed "../Host/Web/dashboard/model/recent-events.js"
};
static const unsigned char file_99[] = {
#embed "../Host/Web/dashboard/model/recording.js"
};
static const unsigned char file_100[] = {
#embed "../Host/Web/dashboard/model/relative-time.js"
};
static const unsigned char file_101[] = {
#embed "../Host/Web/dashboard/model/saved-ago.js"
};
static const unsigned char file_102[] = {
#embed "../Host/Web/dashboard/model/schema-form-text.js"
};
static const unsigned char file_103[] = {
#embed "../Host/Web/dashboard/model/schema-form.js"
};
static const unsigned char file_104[] = {
#embed "../Host/Web/dashboard/model/shortcut-keys.js"
};
static const unsigned char file_105[] = {
#embed "../Host/Web/dashboard/model/starters.js"
};
static const unsigned char file_106[] = {
#embed "../Host/Web/dashboard/model/test-event.js"
};
static const unsigned char file_107[] = {
#embed "../Host/Web/dashboard/model/theme.js"
};
static const unsigned char file_108[] = {
#embed "../Host/Web/dashboard/model/tip-services.js"
};
static const unsigned char file_109[] = {
#embed "../Host/Web/dashboard/model/widget-types.js"
};
static const unsigned char file_110[] = {
#embed "../Host/Web/dashboard/model/words.js"
};
static const unsigned char file_111[] = {
#embed "../Host/Web/dashboard/pages/alerts.js"
};
static const unsigned char file_112[] = {
#embed "../Host/Web/dashboard/pages/editor.js"
};
static const unsigned char file_113[] = {
#embed "../Host/Web/dashboard/pages/home.js"
};
static const unsigned char file_114[] = {
#embed "../Host/Web/dashboard/pages/sample.js"
};
static const unsigned char file_115[] = {
#embed "../Host/Web/dashboard/pages/settings.js"
};
static const unsigned char file_116[] = {
#embed "../Host/Web/dashboard/pages/theme.js"
};
static const unsigned char file_117[] = {
#embed "../Host/Web/dashboard/pages/widgets.js"
};
static const unsigned char file_118[] = {
#embed "../Host/Web/dashboard/settings/account.js"
};
static const unsigned char file_119[] = {
#embed "../Host/Web/dashboard/settings/addresses.js"
};
static const unsigned char file_120[] = {
#embed "../Host/Web/dashboard/settings/connections.js"
};
static const unsigned char file_121[] = {
#embed "../Host/Web/dashboard/settings/key-controls.js"
};
static const unsigned char file_122[] = {
#embed "../Host/Web/dashboard/settings/profile.js"
};
static const unsigned char file_123[] = {
#embed "../Host/Web/dashboard/settings/tip-service-entry.js"
};
static const unsigned char file_124[] = {
#embed "../Host/Web/dashboard/settings/tip-services.js"
};
static const unsigned char file_125[] = {
#embed "../Host/Web/dashboard/shell/announce.js"
};
static const unsigned char file_126[] = {
#embed "../Host/Web/dashboard/shell/commands.js"
};
static const unsigned char file_127[] = {
#embed "../Host/Web/dashboard/shell/connect.js"
};
static const unsigned char file_128[] = {
#embed "../Host/Web/dashboard/shell/failure.js"
};
static const unsigned char file_129[] = {
#embed "../Host/Web/dashboard/shell/keys.js"
};
static const unsigned char file_130[] = {
#embed "../Host/Web/dashboard/shell/link-chip.js"
};
static const unsigned char file_131[] = {
#embed "../Host/Web/dashboard/shell/live.js"
};
static const unsigned char file_132[] = {
#embed "../Host/Web/dashboard/shell/overlay-link.js"
};
static const unsigned char file_133[] = {
#embed "../Host/Web/dashboard/shell/palette.js"
};
static const unsigned char file_134[] = {
#embed "../Host/Web/dashboard/shell/shell.js"
};
static const unsigned char file_135[] = {
#embed "../Host/Web/dashboard/shell/shortcut-sheet.js"
};
static const unsigned char file_136[] = {
#embed "../Host/Web/dashboard/shell/toast.js"
};
static const unsigned char file_137[] = {
#embed "../Host/Web/dashboard/theme/controls.js"
};
static const unsigned char file_138[] = {
#embed "../Host/Web/dashboard/theme/import.js"
};
static const unsigned char file_139[] = {
#embed "../Host/Web/dashboard/theme/preview.js"
};
static const unsigned char file_140[] = {
#embed "../Host/Web/dashboard/theme/themes.js"
};
static const unsigned char file_141[] = {
#embed "../Host/Web/dashboard/widgets/catalogue.js"
};
static const unsigned char file_142[] = {
#embed "../Host/Web/dashboard/widgets/placed.js"
};
static const unsigned char file_143[] = {
#embed "../Host/Web/demo/avatars/1.svg"
};
static const unsigned char file_144[] = {
#embed "../Host/Web/demo/avatars/10.svg"
};
static const unsigned char file_145[] = {
#embed "../Host/Web/demo/avatars/11.svg"
};
static const unsigned char file_146[] = {
#embed "../Host/Web/demo/avatars/12.svg"
};
static const unsigned char file_147[] = {
#embed "../Host/Web/demo/avatars/2.svg"
};
static const unsigned char file_148[] = {
#embed "../Host/Web/demo/avatars/3.svg"
};
static const unsigned char file_149[] = {
#embed "../Host/Web/demo/avatars/4.svg"
};
static const unsigned char file_150[] = {
#embed "../Host/Web/demo/avatars/5.svg"
};
static const unsigned char file_151[] = {
#embed "../Host/Web/demo/avatars/6.svg"
};
static const unsigned char file_152[] = {
#embed "../Host/Web/demo/avatars/7.svg"
};
static const unsigned char file_153[] = {
#embed "../Host/Web/demo/avatars/8.svg"
};
static const unsigned char file_154[] = {
#embed "../Host/Web/demo/avatars/9.svg"
};
static const unsigned char file_155[] = {
#embed "../Host/Web/demo/emotes/cozy.svg"
};
static const unsigned char file_156[] = {
#embed "../Host/Web/demo/emotes/gg.svg"
};
static const unsigned char file_157[] = {
#embed "../Host/Web/demo/emotes/heart.svg"
};
static const unsigned char file_158[] = {
#embed "../Host/Web/demo/emotes/hype.svg"
};
static const unsigned char file_159[] = {
#embed "../Host/Web/demo/emotes/laugh.svg"
};
static const unsigned char file_160[] = {
#embed "../Host/Web/demo/emotes/think.svg"
};
static const unsigned char file_161[] = {
#embed "../Host/Web/demo/emotes/wave.svg"
};
static const unsigned char file_162[] = {
#embed "../Host/Web/demo/emotes/wow.svg"
};
static const unsigned char file_163[] = {
#embed "../Host/Web/landing/recording.json"
};
static const unsigned char file_164[] = {
#embed "../Host/Web/landing/still.svg"
};
static const unsigned char file_165[] = {
#embed "../Host/Web/locales/de.json"
};
static const unsigned char file_166[] = {
#embed "../Host/Web/locales/en.json"
};
static const unsigned char file_167[] = {
#embed "../Host/Web/overlay/alert-reports.js"
};
static const unsigned char file_168[] = {
#embed "../Host/Web/overlay/branch.js"
};
static const unsigned char file_169[] = {
#embed "../Host/Web/overlay/catch-up.js"
};
static const unsigned char file_170[] = {
#embed "../Host/Web/overlay/connection.js"
};
static const unsigned char file_171[] = {
#embed "../Host/Web/overlay/entrances.js"
};
static const unsigned char file_172[] = {
#embed "../Host/Web/overlay/frame-queue.js"
};
static const unsigned char file_173[] = {
#embed "../Host/Web/overlay/frame-rate.js"
};
static const unsigned char file_174[] = {
#embed "../Host/Web/overlay/leaving-elements.js"
};
static const unsigned char file_175[] = {
#embed "../Host/Web/overlay/link-mark.js"
};
static const unsigned char file_176[] = {
#embed "../Host/Web/overlay/main.js"
};
static const unsigned char file_177[] = {
#embed "../Host/Web/overlay/motion.js"
};
static const unsigned char file_178[] = {
#embed "../Host/Web/overlay/overlay.css"
};
static const unsigned char file_179[] = {
#embed "../Host/Web/overlay/page-address.js"
};
static const unsigned char file_180[] = {
#embed "../Host/Web/overlay/page-fonts.js"
};
static const unsigned char file_181[] = {
#embed "../Host/Web/overlay/paint-times.js"
};
static const unsigned char file_182[] = {
#embed "../Host/Web/overlay/picture-words.js"
};
static const unsigned char file_183[] = {
#embed "../Host/Web/overlay/placement.js"
};
static const unsigned char file_184[] = {
#embed "../Host/Web/overlay/policy.js"
};
static const unsigned char file_185[] = {
#embed "../Host/Web/overlay/preview-feed.js"
};
static const unsigned char file_186[] = {
#embed "../Host/Web/overlay/props.js"
};
static const unsigned char file_187[] = {
#embed "../Host/Web/overlay/reload.js"
};
static const unsigned char file_188[] = {
#embed "../Host/Web/overlay/server-clock.js"
};
static const unsigned char file_189[] = {
#embed "../Host/Web/overlay/slot.js"
};
static const unsigned char file_190[] = {
#embed "../Host/Web/overlay/sounds.js"
};
static const unsigned char file_191[] = {
#embed "../Host/Web/overlay/stage.js"
};
static const unsigned char file_192[] = {
#embed "../Host/Web/overlay/theme.js"
};
static const unsigned char file_193[] = {
#embed "../Host/Web/overlay/view-error.js"
};
static const unsigned char file_194[] = {
#embed "../Host/Web/overlay/view.js"
};
static const unsigned char file_195[] = {
#embed "../Host/Web/pages/alerts.mustache"
};
static const unsigned char file_196[] = {
#embed "../Host/Web/pages/alone.mustache"
};
static const unsigned char file_197[] = {
#embed "../Host/Web/pages/editor.mustache"
};
static const unsigned char file_198[] = {
#embed "../Host/Web/pages/error.mustache"
};
static const unsigned char file_199[] = {
#embed "../Host/Web/pages/head.mustache"
};
static const unsigned char file_200[] = {
#embed "../Host/Web/pages/home.mustache"
};
static const unsigned char file_201[] = {
#embed "../Host/Web/pages/landing.mustache"
};
static const unsigned char file_202[] = {
#embed "../Host/Web/pages/licences.mustache"
};
static const unsigned char file_203[] = {
#embed "../Host/Web/pages/login.mustache"
};
static const unsigned char file_204[] = {
#embed "../Host/Web/pages/overlay.mustache"
};
static const unsigned char file_205[] = {
#embed "../Host/Web/pages/sample.mustache"
};
static const unsigned char file_206[] = {
#embed "../Host/Web/pages/settings.mustache"
};
static const unsigned char file_207[] = {
#embed "../Host/Web/pages/shell.mustache"
};
static const unsigned char file_208[] = {
#embed "../Host/Web/pages/theme.mustache"
};
static const unsigned char file_209[] = {
#embed "../Host/Web/pages/widgets.mustache"
};
static const unsigned char file_210[] = {
#embed "../Host/Web/realtime/browser.js"
};
static const unsigned char file_211[] = {
#embed "../Host/Web/realtime/envelope.js"
};
static const unsigned char file_212[] = {
#embed "../Host/Web/realtime/link.js"
};
static const unsigned char file_213[] = {
#embed "../Host/Web/realtime/retry.js"
};
static const unsigned char file_214[] = {
#embed "../Host/Web/realtime/silence.js"
};
static const unsigned char file_215[] = {
#embed "../Host/Web/schemas/widget-1.json"
};
static const unsigned char file_216[] = {
#embed "../Host/Web/widgets/assets/chime.wav"
};

static const web_asset_file files[] = {
    {"dashboard/alerts/panel.js", file_0, sizeof file_0},
    {"dashboard/css/alerts.css", file_1, sizeof file_1},
    {"dashboard/css/base.css", file_2, sizeof file_2},
    {"dashboard/css/components.css", file_3, sizeof file_3},
    {"dashboard/css/controls.css", file_4, sizeof file_4},
    {"dashboard/css/editor.css", file_5, sizeof file_5},
    {"dashboard/css/floating.css", file_6, sizeof file_6},
    {"dashboard/css/form.css", file_7, sizeof file_7},
    {"dashboard/css/home.css", file_8, sizeof file_8},
    {"dashboard/css/landing.css", file_9, sizeof file_9},
    {"dashboard/css/licences.css", file_10, sizeof file_10},
    {"dashboard/css/login.css", file_11, sizeof file_11},
    {"dashboard/css/sections.css", file_12, sizeof file_12},
    {"dashboard/css/settings.css", file_13, sizeof file_13},
    {"dashboard/css/setup.css", file_14, sizeof file_14},
    {"dashboard/css/shell.css", file_15, sizeof file_15},
    {"dashboard/css/stage.css", file_16, sizeof file_16},
    {"dashboard/css/theme.css", file_17, sizeof file_17},
    {"dashboard/css/tokens.css", file_18, sizeof file_18},
    {"dashboard/css/widgets.css", file_19, sizeof file_19},
    {"dashboard/editor/canvas-drag.js", file_20, sizeof file_20},
    {"dashboard/editor/canvas.js", file_21, sizeof file_21},
    {"dashboard/editor/conflict.js", file_22, sizeof file_22},
    {"dashboard/editor/health.js", file_23, sizeof file_23},
    {"dashboard/editor/icons.js", file_24, sizeof file_24},
    {"dashboard/editor/inspector.js", file_25, sizeof file_25},
    {"dashboard/editor/keys.js", file_26, sizeof file_26},
    {"dashboard/editor/layers.js", file_27, sizeof file_27},
    {"dashboard/editor/layout-editor.js", file_28, sizeof file_28},
    {"dashboard/editor/layout-panel.js", file_29, sizeof file_29},
    {"dashboard/editor/layouts-menu.js", file_30, sizeof file_30},
    {"dashboard/editor/live-picture.js", file_31, sizeof file_31},
    {"dashboard/editor/overlay-frame.js", file_32, sizeof file_32},
    {"dashboard/editor/parts.js", file_33, sizeof file_33},
    {"dashboard/editor/picker.js", file_34, sizeof file_34},
    {"dashboard/editor/stage-bar.js", file_35, sizeof file_35},
    {"dashboard/editor/state.js", file_36, sizeof file_36},
    {"dashboard/editor/store.js", file_37, sizeof file_37},
    {"dashboard/editor/test-events.js", file_38, sizeof file_38},
    {"dashboard/editor/toolbar.js", file_39, sizeof file_39},
    {"dashboard/editor/troubles.js", file_40, sizeof file_40},
    {"dashboard/editor/until-drawn.js", file_41, sizeof file_41},
    {"dashboard/editor/widget-menu.js", file_42, sizeof file_42},
    {"dashboard/editor/work.js", file_43, sizeof file_43},
    {"dashboard/elements/clipboard.js", file_44, sizeof file_44},
    {"dashboard/elements/combobox.js", file_45, sizeof file_45},
    {"dashboard/elements/contrast-badge.js", file_46, sizeof file_46},
    {"dashboard/elements/copy-field.js", file_47, sizeof file_47},
    {"dashboard/elements/dialog.js", file_48, sizeof file_48},
    {"dashboard/elements/dom.js", file_49, sizeof file_49},
    {"dashboard/elements/icon.js", file_50, sizeof file_50},
    {"dashboard/elements/menu.js", file_51, sizeof file_51},
    {"dashboard/elements/number-field.js", file_52, sizeof file_52},
    {"dashboard/elements/schema-form-box.js", file_53, sizeof file_53},
    {"dashboard/elements/schema-form-colors.js", file_54, sizeof file_54},
    {"dashboard/elements/schema-form-controls.js", file_55, sizeof file_55},
    {"dashboard/elements/schema-form-files.js", file_56, sizeof file_56},
    {"dashboard/elements/schema-form-lists.js", file_57, sizeof file_57},
    {"dashboard/elements/schema-form.js", file_58, sizeof file_58},
    {"dashboard/elements/secret-field.js", file_59, sizeof file_59},
    {"dashboard/elements/section.js", file_60, sizeof file_60},
    {"dashboard/elements/seen.js", file_61, sizeof file_61},
    {"dashboard/elements/tooltip.js", file_62, sizeof file_62},
    {"dashboard/home/address.js", file_63, sizeof file_63},
    {"dashboard/home/checklist.js", file_64, sizeof file_64},
    {"dashboard/home/connections.js", file_65, sizeof file_65},
    {"dashboard/home/event-list.js", file_66, sizeof file_66},
    {"dashboard/home/numbers.js", file_67, sizeof file_67},
    {"dashboard/home/setup.js", file_68, sizeof file_68},
    {"dashboard/home/sources.js", file_69, sizeof file_69},
    {"dashboard/home/test-event.js", file_70, sizeof file_70},
    {"dashboard/home/wizard-pages.js", file_71, sizeof file_71},
    {"dashboard/home/wizard.js", file_72, sizeof file_72},
    {"dashboard/icons.svg", file_73, sizeof file_73},
    {"dashboard/model/alert-board.js", file_74, sizeof file_74},
    {"dashboard/model/api.js", file_75, sizeof file_75},
    {"dashboard/model/browser-name.js", file_76, sizeof file_76},
    {"dashboard/model/catalogue.js", file_77, sizeof file_77},
    {"dashboard/model/checklist.js", file_78, sizeof file_78},
    {"dashboard/model/connection-state.js", file_79, sizeof file_79},
    {"dashboard/model/contrast.js", file_80, sizeof file_80},
    {"dashboard/model/event-sentence.js", file_81, sizeof file_81},
    {"dashboard/model/event-stream.js", file_82, sizeof file_82},
    {"dashboard/model/event-way.js", file_83, sizeof file_83},
    {"dashboard/model/failure-words.js", file_84, sizeof file_84},
    {"dashboard/model/greeting.js", file_85, sizeof file_85},
    {"dashboard/model/history.js", file_86, sizeof file_86},
    {"dashboard/model/layout-edit.js", file_87, sizeof file_87},
    {"dashboard/model/layout-saver.js", file_88, sizeof file_88},
    {"dashboard/model/layout-session.js", file_89, sizeof file_89},
    {"dashboard/model/layout-verdict.js", file_90, sizeof file_90},
    {"dashboard/model/layout-wire.js", file_91, sizeof file_91},
    {"dashboard/model/layout.js", file_92, sizeof file_92},
    {"dashboard/model/live-numbers.js", file_93, sizeof file_93},
    {"dashboard/model/money.js", file_94, sizeof file_94},
    {"dashboard/model/once.js", file_95, sizeof file_95},
    {"dashboard/model/overlay-address.js", file_96, sizeof file_96},
    {"dashboard/model/platforms.js", file_97, sizeof file_97},
    {"dashboard/model/recent-events.js", file_98, sizeof file_98},
    {"dashboard/model/recording.js", file_99, sizeof file_99},
    {"dashboard/model/relative-time.js", file_100, sizeof file_100},
    {"dashboard/model/saved-ago.js", file_101, sizeof file_101},
    {"dashboard/model/schema-form-text.js", file_102, sizeof file_102},
    {"dashboard/model/schema-form.js", file_103, sizeof file_103},
    {"dashboard/model/shortcut-keys.js", file_104, sizeof file_104},
    {"dashboard/model/starters.js", file_105, sizeof file_105},
    {"dashboard/model/test-event.js", file_106, sizeof file_106},
    {"dashboard/model/theme.js", file_107, sizeof file_107},
    {"dashboard/model/tip-services.js", file_108, sizeof file_108},
    {"dashboard/model/widget-types.js", file_109, sizeof file_109},
    {"dashboard/model/words.js", file_110, sizeof file_110},
    {"dashboard/pages/alerts.js", file_111, sizeof file_111},
    {"dashboard/pages/editor.js", file_112, sizeof file_112},
    {"dashboard/pages/home.js", file_113, sizeof file_113},
    {"dashboard/pages/sample.js", file_114, sizeof file_114},
    {"dashboard/pages/settings.js", file_115, sizeof file_115},
    {"dashboard/pages/theme.js", file_116, sizeof file_116},
    {"dashboard/pages/widgets.js", file_117, sizeof file_117},
    {"dashboard/settings/account.js", file_118, sizeof file_118},
    {"dashboard/settings/addresses.js", file_119, sizeof file_119},
    {"dashboard/settings/connections.js", file_120, sizeof file_120},
    {"dashboard/settings/key-controls.js", file_121, sizeof file_121},
    {"dashboard/settings/profile.js", file_122, sizeof file_122},
    {"dashboard/settings/tip-service-entry.js", file_123, sizeof file_123},
    {"dashboard/settings/tip-services.js", file_124, sizeof file_124},
    {"dashboard/shell/announce.js", file_125, sizeof file_125},
    {"dashboard/shell/commands.js", file_126, sizeof file_126},
    {"dashboard/shell/connect.js", file_127, sizeof file_127},
    {"dashboard/shell/failure.js", file_128, sizeof file_128},
    {"dashboard/shell/keys.js", file_129, sizeof file_129},
    {"dashboard/shell/link-chip.js", file_130, sizeof file_130},
    {"dashboard/shell/live.js", file_131, sizeof file_131},
    {"dashboard/shell/overlay-link.js", file_132, sizeof file_132},
    {"dashboard/shell/palette.js", file_133, sizeof file_133},
    {"dashboard/shell/shell.js", file_134, sizeof file_134},
    {"dashboard/shell/shortcut-sheet.js", file_135, sizeof file_135},
    {"dashboard/shell/toast.js", file_136, sizeof file_136},
    {"dashboard/theme/controls.js", file_137, sizeof file_137},
    {"dashboard/theme/import.js", file_138, sizeof file_138},
    {"dashboard/theme/preview.js", file_139, sizeof file_139},
    {"dashboard/theme/themes.js", file_140, sizeof file_140},
    {"dashboard/widgets/catalogue.js", file_141, sizeof file_141},
    {"dashboard/widgets/placed.js", file_142, sizeof file_142},
    {"demo/avatars/1.svg", file_143, sizeof file_143},
    {"demo/avatars/10.svg", file_144, sizeof file_144},
    {"demo/avatars/11.svg", file_145, sizeof file_145},
    {"demo/avatars/12.svg", file_146, sizeof file_146},
    {"demo/avatars/2.svg", file_147, sizeof file_147},
    {"demo/avatars/3.svg", file_148, sizeof file_148},
    {"demo/avatars/4.svg", file_149, sizeof file_149},
    {"demo/avatars/5.svg", file_150, sizeof file_150},
    {"demo/avatars/6.svg", file_151, sizeof file_151},
    {"demo/avatars/7.svg", file_152, sizeof file_152},
    {"demo/avatars/8.svg", file_153, sizeof file_153},
    {"demo/avatars/9.svg", file_154, sizeof file_154},
    {"demo/emotes/cozy.svg", file_155, sizeof file_155},
    {"demo/emotes/gg.svg", file_156, sizeof file_156},
    {"demo/emotes/heart.svg", file_157, sizeof file_157},
    {"demo/emotes/hype.svg", file_158, sizeof file_158},
    {"demo/emotes/laugh.svg", file_159, sizeof file_159},
    {"demo/emotes/think.svg", file_160, sizeof file_160},
    {"demo/emotes/wave.svg", file_161, sizeof file_161},
    {"demo/emotes/wow.svg", file_162, sizeof file_162},
    {"landing/recording.json", file_163, sizeof file_163},
    {"landing/still.svg", file_164, sizeof file_164},
    {"locales/de.json", file_165, sizeof file_165},
    {"locales/en.json", file_166, sizeof file_166},
    {"overlay/alert-reports.js", file_167, sizeof file_167},
    {"overlay/branch.js", file_168, sizeof file_168},
    {"overlay/catch-up.js", file_169, sizeof file_169},
    {"overlay/connection.js", file_170, sizeof file_170},
    {"overlay/entrances.js", file_171, sizeof file_171},
    {"overlay/frame-queue.js", file_172, sizeof file_172},
    {"overlay/frame-rate.js", file_173, sizeof file_173},
    {"overlay/leaving-elements.js", file_174, sizeof file_174},
    {"overlay/link-mark.js", file_175, sizeof file_175},
    {"overlay/main.js", file_176, sizeof file_176},
    {"overlay/motion.js", file_177, sizeof file_177},
    {"overlay/overlay.css", file_178, sizeof file_178},
    {"overlay/page-address.js", file_179, sizeof file_179},
    {"overlay/page-fonts.js", file_180, sizeof file_180},
    {"overlay/paint-times.js", file_181, sizeof file_181},
    {"overlay/picture-words.js", file_182, sizeof file_182},
    {"overlay/placement.js", file_183, sizeof file_183},
    {"overlay/policy.js", file_184, sizeof file_184},
    {"overlay/preview-feed.js", file_185, sizeof file_185},
    {"overlay/props.js", file_186, sizeof file_186},
    {"overlay/reload.js", file_187, sizeof file_187},
    {"overlay/server-clock.js", file_188, sizeof file_188},
    {"overlay/slot.js", file_189, sizeof file_189},
    {"overlay/sounds.js", file_190, sizeof file_190},
    {"overlay/stage.js", file_191, sizeof file_191},
    {"overlay/theme.js", file_192, sizeof file_192},
    {"overlay/view-error.js", file_193, sizeof file_193},
    {"overlay/view.js", file_194, sizeof file_194},
    {"pages/alerts.mustache", file_195, sizeof file_195},
    {"pages/alone.mustache", file_196, sizeof file_196},
    {"pages/editor.mustache", file_197, sizeof file_197},
    {"pages/error.mustache", file_198, sizeof file_198},
    {"pages/head.mustache", file_199, sizeof file_199},
    {"pages/home.mustache", file_200, sizeof file_200},
    {"pages/landing.mustache", file_201, sizeof file_201},
    {"pages/licences.mustache", file_202, sizeof file_202},
    {"pages/login.mustache", file_203, sizeof file_203},
    {"pages/overlay.mustache", file_204, sizeof file_204},
    {"pages/sample.mustache", file_205, sizeof file_205},
    {"pages/settings.mustache", file_206, sizeof file_206},
    {"pages/shell.mustache", file_207, sizeof file_207},
    {"pages/theme.mustache", file_208, sizeof file_208},
    {"pages/widgets.mustache", file_209, sizeof file_209},
    {"realtime/browser.js", file_210, sizeof file_210},
    {"realtime/envelope.js", file_211, sizeof file_211},
    {"realtime/link.js", file_212, sizeof file_212},
    {"realtime/retry.js", file_213, sizeof file_213},
    {"realtime/silence.js", file_214, sizeof file_214},
    {"schemas/widget-1.json", file_215, sizeof file_215},
    {"widgets/assets/chime.wav", file_216, sizeof file_216},
};

size_t web_assets_count(void) { return sizeof files / sizeof files[0]; }

web_asset_file web_asset(size_t index) { return files[index]; }
