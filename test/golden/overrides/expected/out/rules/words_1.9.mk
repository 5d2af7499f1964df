# Generated for words_1.9 from templates/rules.mk.njk.
ifndef shard.words_1.9
shard.words_1.9 := words_1.9
targets.words_1.9 := words_1.9_debian_bullseye_linux-amd64
archived.words_1.9 := 
.PHONY: words_1.9_debian_bullseye_linux-amd64

ifndef source.words_1.9
source.words_1.9 := out/sources/words-1111111111111111/words_1.9.orig.tar.gz
out/sources/words-1111111111111111/words_1.9.orig.tar.gz: | $(setup)
	$(call fetch,1111111111111111111111111111111111111111111111111111111111111111 out/sources/words-1111111111111111/words_1.9.orig.tar.gz words_1.9.orig.tar.gz debian:pool/main/w/words/words_1.9.orig.tar.gz)
endif
source.words_1.9 := out/sources/words-1111111111111111/words_1.9.orig.tar.gz

words_1.9_debian_bullseye_linux-amd64: out/packages/words_1.9_debian_bullseye_linux-amd64/words_1.9-1~deb11_amd64.deb
out/packages/words_1.9_debian_bullseye_linux-amd64/words_1.9-1~deb11_amd64.deb: dockerfiles/words_1.9_debian_bullseye_linux-amd64.Dockerfile | out/sources/words-1111111111111111/words_1.9.orig.tar.gz out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea/index.json out/images/packaging_linux-amd64-4be1db6496f67b08/index.json
	$(call build,words_1.9_debian_bullseye_linux-amd64,linux/amd64,--build-context base=oci-layout://out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea --build-context packaging=oci-layout://out/images/packaging_linux-amd64-4be1db6496f67b08 --build-context source=out/sources/words-1111111111111111 --build-context recipe=matrix/packages/words)
endif
