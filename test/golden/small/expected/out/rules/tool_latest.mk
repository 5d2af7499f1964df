# Generated for tool_latest from templates/rules.mk.njk.
ifndef shard.tool_latest
shard.tool_latest := tool_latest
include out/rules/tool_3.4.5.6.mk
targets.tool_latest := tool_latest_almalinux_8_linux-amd64
archived.tool_latest := 
resolved.tool_latest := tool_3.4.5.6_almalinux_8_linux-amd64
.PHONY: tool_latest_almalinux_8_linux-amd64

real.tool_latest_almalinux_8_linux-amd64 := tool_3.4.5.6_almalinux_8_linux-amd64
tool_latest_almalinux_8_linux-amd64: tool_3.4.5.6_almalinux_8_linux-amd64
endif
