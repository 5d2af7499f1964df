# Generated for words_latest from templates/rules.mk.njk.
ifndef shard.words_latest
shard.words_latest := words_latest
include out/rules/words_2.0.mk
targets.words_latest := words_latest_debian_bookworm_linux-amd64 words_latest_debian_bookworm_linux-arm64 words_latest_debian_bullseye_linux-amd64
archived.words_latest := 
resolved.words_latest := words_2.0_debian_bookworm_linux-amd64 words_2.0_debian_bookworm_linux-arm64 words_2.0_debian_bullseye_linux-amd64
.PHONY: words_latest_debian_bookworm_linux-amd64 words_latest_debian_bookworm_linux-arm64 words_latest_debian_bullseye_linux-amd64

real.words_latest_debian_bookworm_linux-amd64 := words_2.0_debian_bookworm_linux-amd64
words_latest_debian_bookworm_linux-amd64: words_2.0_debian_bookworm_linux-amd64

real.words_latest_debian_bookworm_linux-arm64 := words_2.0_debian_bookworm_linux-arm64
words_latest_debian_bookworm_linux-arm64: words_2.0_debian_bookworm_linux-arm64

real.words_latest_debian_bullseye_linux-amd64 := words_2.0_debian_bullseye_linux-amd64
words_latest_debian_bullseye_linux-amd64: words_2.0_debian_bullseye_linux-amd64
endif
