# Generated for library_1.10-rc1 from templates/rules.mk.njk.
ifndef shard.library_1.10-rc1
shard.library_1.10-rc1 := library_1.10-rc1
targets.library_1.10-rc1 := library_1.10-rc1_almalinux_8_linux-amd64 library_1.10-rc1_debian_trixie_linux-amd64 library_1.10-rc1_debian_trixie_linux-arm-v7 library_1.10-rc1_debian_trixie_linux-arm64 library_1.10-rc1_rockylinux_8_linux-amd64
archived.library_1.10-rc1 := library_1.10-rc1_almalinux_8_linux-amd64
.PHONY: library_1.10-rc1_almalinux_8_linux-amd64 library_1.10-rc1_debian_trixie_linux-amd64 library_1.10-rc1_debian_trixie_linux-arm-v7 library_1.10-rc1_debian_trixie_linux-arm64 library_1.10-rc1_rockylinux_8_linux-amd64

ifndef source.library_1.10-rc1
source.library_1.10-rc1 := out/sources/library-2222222222222222/library-1.10-rc1.tar.gz
out/sources/library-2222222222222222/library-1.10-rc1.tar.gz: | $(setup)
	$(call fetch,2222222222222222222222222222222222222222222222222222222222222222 out/sources/library-2222222222222222/library-1.10-rc1.tar.gz library-1.10-rc1.tar.gz https://example.org/library/1.10-rc1/library-1.10-rc1.tar.gz debian:pool/main/l/library/library_1.10-rc1.orig.tar.gz)
endif
source.library_1.10-rc1 := out/sources/library-2222222222222222/library-1.10-rc1.tar.gz

library_1.10-rc1_almalinux_8_linux-amd64: out/packages/library_1.10-rc1_almalinux_8_linux-amd64/liblibrary-dev-1.10~rc1-1.el8.x86_64.rpm
out/packages/library_1.10-rc1_almalinux_8_linux-amd64/liblibrary-dev-1.10~rc1-1.el8.x86_64.rpm: dockerfiles/library_1.10-rc1_almalinux_8_linux-amd64.Dockerfile | out/sources/library-2222222222222222/library-1.10-rc1.tar.gz out/bases/almalinux_8-unpinned out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,library_1.10-rc1_almalinux_8_linux-amd64,linux/amd64,--build-context base=docker-image://almalinux:8 --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/library-2222222222222222 --build-context recipe=matrix/packages/library)

library_1.10-rc1_debian_trixie_linux-amd64: out/packages/library_1.10-rc1_debian_trixie_linux-amd64/liblibrary-dev_1.10~rc1-1~deb13_amd64.deb
out/packages/library_1.10-rc1_debian_trixie_linux-amd64/liblibrary-dev_1.10~rc1-1~deb13_amd64.deb: dockerfiles/library_1.10-rc1_debian_trixie_linux-amd64.Dockerfile | out/sources/library-2222222222222222/library-1.10-rc1.tar.gz out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,library_1.10-rc1_debian_trixie_linux-amd64,linux/amd64,--build-context base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/library-2222222222222222 --build-context recipe=matrix/packages/library)

library_1.10-rc1_debian_trixie_linux-arm-v7: out/packages/library_1.10-rc1_debian_trixie_linux-arm-v7/liblibrary-dev_1.10~rc1-1~deb13_armhf.deb
out/packages/library_1.10-rc1_debian_trixie_linux-arm-v7/liblibrary-dev_1.10~rc1-1~deb13_armhf.deb: dockerfiles/library_1.10-rc1_debian_trixie_linux-arm-v7.Dockerfile | out/sources/library-2222222222222222/library-1.10-rc1.tar.gz out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8/index.json out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,library_1.10-rc1_debian_trixie_linux-arm-v7,linux/arm/v7,--build-context base=oci-layout://out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8 --build-context prebuilt-base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/library-2222222222222222 --build-context recipe=matrix/packages/library)

library_1.10-rc1_debian_trixie_linux-arm64: out/packages/library_1.10-rc1_debian_trixie_linux-arm64/liblibrary-dev_1.10~rc1-1~deb13_arm64.deb
out/packages/library_1.10-rc1_debian_trixie_linux-arm64/liblibrary-dev_1.10~rc1-1~deb13_arm64.deb: dockerfiles/library_1.10-rc1_debian_trixie_linux-arm64.Dockerfile | out/sources/library-2222222222222222/library-1.10-rc1.tar.gz out/bases/debian_trixie_linux-arm64-424c86b767d7cf54/index.json out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,library_1.10-rc1_debian_trixie_linux-arm64,linux/arm64,--build-context base=oci-layout://out/bases/debian_trixie_linux-arm64-424c86b767d7cf54 --build-context native-base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --build-context prebuilt-base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/library-2222222222222222 --build-context recipe=matrix/packages/library)

library_1.10-rc1_rockylinux_8_linux-amd64: out/packages/substituted/library_1.10-rc1_rockylinux_8_linux-amd64/liblibrary-dev-1.10~rc1-1.el8.x86_64.rpm
out/packages/substituted/library_1.10-rc1_rockylinux_8_linux-amd64/liblibrary-dev-1.10~rc1-1.el8.x86_64.rpm: dockerfiles/library_1.10-rc1_rockylinux_8_linux-amd64.Dockerfile bases/standin/index.json | out/sources/library-2222222222222222/library-1.10-rc1.tar.gz bases/standin/index.json out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,library_1.10-rc1_rockylinux_8_linux-amd64,linux/amd64,--build-context base=oci-layout://bases/standin --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/library-2222222222222222 --build-context recipe=matrix/packages/library)
endif
