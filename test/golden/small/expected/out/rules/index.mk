# Generated from templates/index.mk.njk: where the rules of every target stand.
include out/rules/library_1.10-rc1.mk
include out/rules/library_1.2.mk
include out/rules/library_latest.mk
include out/rules/tool_3.4.5.6.mk
include out/rules/tool_latest.mk
