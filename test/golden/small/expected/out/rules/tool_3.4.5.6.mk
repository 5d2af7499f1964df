# Generated for tool_3.4.5.6 from templates/rules.mk.njk.
ifndef shard.tool_3.4.5.6
shard.tool_3.4.5.6 := tool_3.4.5.6
include out/rules/library_1.2.mk
targets.tool_3.4.5.6 := tool_3.4.5.6_almalinux_8_linux-amd64 tool_3.4.5.6_debian_trixie_linux-amd64 tool_3.4.5.6_debian_trixie_linux-arm-v7 tool_3.4.5.6_debian_trixie_linux-arm64 tool_3.4.5.6_rockylinux_8_linux-amd64 tool_3.4.5.6_ubuntu_noble_linux-amd64
archived.tool_3.4.5.6 := tool_3.4.5.6_almalinux_8_linux-amd64
.PHONY: tool_3.4.5.6_almalinux_8_linux-amd64 tool_3.4.5.6_debian_trixie_linux-amd64 tool_3.4.5.6_debian_trixie_linux-arm-v7 tool_3.4.5.6_debian_trixie_linux-arm64 tool_3.4.5.6_rockylinux_8_linux-amd64 tool_3.4.5.6_ubuntu_noble_linux-amd64

ifndef source.tool_3.4.5.6
source.tool_3.4.5.6 := out/sources/tool-unpinned/tool-3.4.5.6.tar.xz
out/sources/tool-unpinned/tool-3.4.5.6.tar.xz: | $(setup)
	$(call fetch,--pin '3.4.5.6: { source: archive$(comma) sha256: % } # matrix/packages/tool.yaml' unpinned out/sources/tool-unpinned/tool-3.4.5.6.tar.xz tool-3.4.5.6.tar.xz https://example.org/tool-3.4.5.6.tar.xz)
endif
source.tool_3.4.5.6 := out/sources/tool-unpinned/tool-3.4.5.6.tar.xz

tool_3.4.5.6_almalinux_8_linux-amd64: out/packages/tool_3.4.5.6_almalinux_8_linux-amd64/tool-3.4.5.6-3.el8.x86_64.rpm
out/packages/tool_3.4.5.6_almalinux_8_linux-amd64/tool-3.4.5.6-3.el8.x86_64.rpm: dockerfiles/tool_3.4.5.6_almalinux_8_linux-amd64.Dockerfile out/packages/library_1.2_almalinux_8_linux-amd64/liblibrary-dev-1.2-1.el8.x86_64.rpm | out/sources/tool-unpinned/tool-3.4.5.6.tar.xz out/bases/almalinux_8-unpinned out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,tool_3.4.5.6_almalinux_8_linux-amd64,linux/amd64,--build-context base=docker-image://almalinux:8 --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/tool-unpinned --build-context recipe=matrix/packages/tool --build-context need-library-linux-amd64=out/packages/library_1.2_almalinux_8_linux-amd64)

tool_3.4.5.6_debian_trixie_linux-amd64: out/packages/tool_3.4.5.6_debian_trixie_linux-amd64/tool_3.4.5.6-3~deb13_amd64.deb
out/packages/tool_3.4.5.6_debian_trixie_linux-amd64/tool_3.4.5.6-3~deb13_amd64.deb: dockerfiles/tool_3.4.5.6_debian_trixie_linux-amd64.Dockerfile out/packages/library_1.2_debian_trixie_linux-amd64/liblibrary-dev_1.2-1~deb13_amd64.deb | out/sources/tool-unpinned/tool-3.4.5.6.tar.xz out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,tool_3.4.5.6_debian_trixie_linux-amd64,linux/amd64,--build-context base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/tool-unpinned --build-context recipe=matrix/packages/tool --build-context need-library-linux-amd64=out/packages/library_1.2_debian_trixie_linux-amd64)

tool_3.4.5.6_debian_trixie_linux-arm-v7: out/packages/tool_3.4.5.6_debian_trixie_linux-arm-v7/tool_3.4.5.6-3~deb13_armhf.deb
out/packages/tool_3.4.5.6_debian_trixie_linux-arm-v7/tool_3.4.5.6-3~deb13_armhf.deb: dockerfiles/tool_3.4.5.6_debian_trixie_linux-arm-v7.Dockerfile out/packages/library_1.2_debian_trixie_linux-arm-v7/liblibrary-dev_1.2-1~deb13_armhf.deb | out/sources/tool-unpinned/tool-3.4.5.6.tar.xz out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8/index.json out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,tool_3.4.5.6_debian_trixie_linux-arm-v7,linux/arm/v7,--build-context base=oci-layout://out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8 --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/tool-unpinned --build-context recipe=matrix/packages/tool --build-context need-library-linux-arm-v7=out/packages/library_1.2_debian_trixie_linux-arm-v7)

tool_3.4.5.6_debian_trixie_linux-arm64: out/packages/tool_3.4.5.6_debian_trixie_linux-arm64/tool_3.4.5.6-3~deb13_arm64.deb
out/packages/tool_3.4.5.6_debian_trixie_linux-arm64/tool_3.4.5.6-3~deb13_arm64.deb: dockerfiles/tool_3.4.5.6_debian_trixie_linux-arm64.Dockerfile out/packages/library_1.2_debian_trixie_linux-arm64/liblibrary-dev_1.2-1~deb13_arm64.deb | out/sources/tool-unpinned/tool-3.4.5.6.tar.xz out/bases/debian_trixie_linux-arm64-424c86b767d7cf54/index.json out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,tool_3.4.5.6_debian_trixie_linux-arm64,linux/arm64,--build-context base=oci-layout://out/bases/debian_trixie_linux-arm64-424c86b767d7cf54 --build-context native-base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/tool-unpinned --build-context recipe=matrix/packages/tool --build-context need-library-linux-arm64=out/packages/library_1.2_debian_trixie_linux-arm64)

tool_3.4.5.6_rockylinux_8_linux-amd64: out/packages/substituted/tool_3.4.5.6_rockylinux_8_linux-amd64/tool-3.4.5.6-3.el8.x86_64.rpm
out/packages/substituted/tool_3.4.5.6_rockylinux_8_linux-amd64/tool-3.4.5.6-3.el8.x86_64.rpm: dockerfiles/tool_3.4.5.6_rockylinux_8_linux-amd64.Dockerfile out/packages/substituted/library_1.2_rockylinux_8_linux-amd64/liblibrary-dev-1.2-1.el8.x86_64.rpm bases/standin/index.json | out/sources/tool-unpinned/tool-3.4.5.6.tar.xz bases/standin/index.json out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,tool_3.4.5.6_rockylinux_8_linux-amd64,linux/amd64,--build-context base=oci-layout://bases/standin --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/tool-unpinned --build-context recipe=matrix/packages/tool --build-context need-library-linux-amd64=out/packages/substituted/library_1.2_rockylinux_8_linux-amd64)

tool_3.4.5.6_ubuntu_noble_linux-amd64: out/packages/tool_3.4.5.6_ubuntu_noble_linux-amd64/tool_3.4.5.6-3~ubuntu24.04_amd64.deb
out/packages/tool_3.4.5.6_ubuntu_noble_linux-amd64/tool_3.4.5.6-3~ubuntu24.04_amd64.deb: dockerfiles/tool_3.4.5.6_ubuntu_noble_linux-amd64.Dockerfile out/packages/library_1.2_ubuntu_noble_linux-amd64/liblibrary-dev_1.2-1~ubuntu24.04_amd64.deb | out/sources/tool-unpinned/tool-3.4.5.6.tar.xz out/bases/ubuntu_noble-unpinned out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json
	$(call build,tool_3.4.5.6_ubuntu_noble_linux-amd64,linux/amd64,--build-context base=docker-image://ubuntu:noble --build-context packaging=oci-layout://out/images/packaging_linux-amd64-63bb16f40e1bc509 --build-context source=out/sources/tool-unpinned --build-context recipe=matrix/packages/tool --build-context need-library-linux-amd64=out/packages/library_1.2_ubuntu_noble_linux-amd64)
endif
