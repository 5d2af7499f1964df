# Generated for words_2.0 from templates/rules.mk.njk.
ifndef shard.words_2.0
shard.words_2.0 := words_2.0
targets.words_2.0 := words_2.0_debian_bookworm_linux-amd64 words_2.0_debian_bookworm_linux-arm64 words_2.0_debian_bullseye_linux-amd64
archived.words_2.0 := 
.PHONY: words_2.0_debian_bookworm_linux-amd64 words_2.0_debian_bookworm_linux-arm64 words_2.0_debian_bullseye_linux-amd64

ifndef source.words_2.0
source.words_2.0 := out/sources/words-3333333333333333/words-2.0.tar.gz
out/sources/words-3333333333333333/words-2.0.tar.gz: | $(setup)
	$(call fetch,3333333333333333333333333333333333333333333333333333333333333333 out/sources/words-3333333333333333/words-2.0.tar.gz words-2.0.tar.gz https://example.org/words-2.0.tar.gz)
endif
source.words_2.0 := out/sources/words-3333333333333333/words-2.0.tar.gz

words_2.0_debian_bookworm_linux-amd64: out/packages/words_2.0_debian_bookworm_linux-amd64/words_2.0-1~deb12_amd64.deb
out/packages/words_2.0_debian_bookworm_linux-amd64/words_2.0-1~deb12_amd64.deb: dockerfiles/words_2.0_debian_bookworm_linux-amd64.Dockerfile | out/sources/words-3333333333333333/words-2.0.tar.gz out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_2.0_debian_bookworm_linux-amd64,linux/amd64,--build-context base=oci-layout://out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-3333333333333333 --build-context recipe=matrix/packages/words)

words_2.0_debian_bookworm_linux-arm64: out/packages/words_2.0_debian_bookworm_linux-arm64/words_2.0-1~deb12_arm64.deb
out/packages/words_2.0_debian_bookworm_linux-arm64/words_2.0-1~deb12_arm64.deb: dockerfiles/words_2.0_debian_bookworm_linux-arm64.Dockerfile | out/sources/words-3333333333333333/words-2.0.tar.gz out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_2.0_debian_bookworm_linux-arm64,linux/arm64,--build-context base=oci-layout://out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-3333333333333333 --build-context recipe=matrix/packages/words)

words_2.0_debian_bullseye_linux-amd64: out/packages/words_2.0_debian_bullseye_linux-amd64/words_2.0-1~deb11_amd64.deb
out/packages/words_2.0_debian_bullseye_linux-amd64/words_2.0-1~deb11_amd64.deb: dockerfiles/words_2.0_debian_bullseye_linux-amd64.Dockerfile | out/sources/words-3333333333333333/words-2.0.tar.gz out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_2.0_debian_bullseye_linux-amd64,linux/amd64,--build-context base=oci-layout://out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-3333333333333333 --build-context recipe=matrix/packages/words)
endif
