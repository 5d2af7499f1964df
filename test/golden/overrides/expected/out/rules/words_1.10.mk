# Generated for words_1.10 from templates/rules.mk.njk.
ifndef shard.words_1.10
shard.words_1.10 := words_1.10
targets.words_1.10 := words_1.10_debian_bookworm_linux-amd64 words_1.10_debian_bookworm_linux-arm64 words_1.10_debian_bullseye_linux-amd64
archived.words_1.10 := 
.PHONY: words_1.10_debian_bookworm_linux-amd64 words_1.10_debian_bookworm_linux-arm64 words_1.10_debian_bullseye_linux-amd64

ifndef source.words_1.10
source.words_1.10 := out/sources/words-2222222222222222/words-1.10.tar.gz
out/sources/words-2222222222222222/words-1.10.tar.gz: | $(setup)
	$(call fetch,2222222222222222222222222222222222222222222222222222222222222222 out/sources/words-2222222222222222/words-1.10.tar.gz words-1.10.tar.gz https://example.org/words-1.10.tar.gz)
endif
source.words_1.10 := out/sources/words-2222222222222222/words-1.10.tar.gz

words_1.10_debian_bookworm_linux-amd64: out/packages/words_1.10_debian_bookworm_linux-amd64/words_1.10-1~deb12_amd64.deb
out/packages/words_1.10_debian_bookworm_linux-amd64/words_1.10-1~deb12_amd64.deb: dockerfiles/words_1.10_debian_bookworm_linux-amd64.Dockerfile | out/sources/words-2222222222222222/words-1.10.tar.gz out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_1.10_debian_bookworm_linux-amd64,linux/amd64,--build-context base=oci-layout://out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-2222222222222222 --build-context recipe=matrix/packages/words)

words_1.10_debian_bookworm_linux-arm64: out/packages/words_1.10_debian_bookworm_linux-arm64/words_1.10-1~deb12_arm64.deb
out/packages/words_1.10_debian_bookworm_linux-arm64/words_1.10-1~deb12_arm64.deb: dockerfiles/words_1.10_debian_bookworm_linux-arm64.Dockerfile | out/sources/words-2222222222222222/words-1.10.tar.gz out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_1.10_debian_bookworm_linux-arm64,linux/arm64,--build-context base=oci-layout://out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-2222222222222222 --build-context recipe=matrix/packages/words)

words_1.10_debian_bullseye_linux-amd64: out/packages/words_1.10_debian_bullseye_linux-amd64/words_1.10-1~deb11_amd64.deb
out/packages/words_1.10_debian_bullseye_linux-amd64/words_1.10-1~deb11_amd64.deb: dockerfiles/words_1.10_debian_bullseye_linux-amd64.Dockerfile | out/sources/words-2222222222222222/words-1.10.tar.gz out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_1.10_debian_bullseye_linux-amd64,linux/amd64,--build-context base=oci-layout://out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-2222222222222222 --build-context recipe=matrix/packages/words)
endif
