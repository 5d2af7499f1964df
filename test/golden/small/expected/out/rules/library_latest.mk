# Generated for library_latest from templates/rules.mk.njk.
ifndef shard.library_latest
shard.library_latest := library_latest
include out/rules/library_1.2.mk
targets.library_latest := library_latest_debian_trixie_linux-amd64 library_latest_debian_trixie_linux-arm-v7 library_latest_debian_trixie_linux-arm64 library_latest_ubuntu_noble_linux-amd64
archived.library_latest := 
resolved.library_latest := library_1.2_debian_trixie_linux-amd64 library_1.2_debian_trixie_linux-arm-v7 library_1.2_debian_trixie_linux-arm64 library_1.2_ubuntu_noble_linux-amd64
.PHONY: library_latest_debian_trixie_linux-amd64 library_latest_debian_trixie_linux-arm-v7 library_latest_debian_trixie_linux-arm64 library_latest_ubuntu_noble_linux-amd64

library_latest_debian_trixie_linux-amd64: library_1.2_debian_trixie_linux-amd64

library_latest_debian_trixie_linux-arm-v7: library_1.2_debian_trixie_linux-arm-v7

library_latest_debian_trixie_linux-arm64: library_1.2_debian_trixie_linux-arm64

library_latest_ubuntu_noble_linux-amd64: library_1.2_ubuntu_noble_linux-amd64
endif
