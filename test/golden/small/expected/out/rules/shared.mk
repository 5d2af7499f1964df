# Generated from templates/shared.mk.njk: what targets share.
BASES := out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8/index.json out/bases/debian_trixie_linux-arm64-424c86b767d7cf54/index.json

out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8/index.json: | $(setup)
	$(call bootstrap,--suite trixie --arch armhf --components main$(comma)contrib --snapshot 20261101T000000Z out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8)

out/bases/debian_trixie_linux-arm64-424c86b767d7cf54/index.json: | $(setup)
	$(call bootstrap,--suite trixie --arch arm64 --components main$(comma)contrib --snapshot 20261101T000000Z --release-only out/bases/debian_trixie_linux-arm64-424c86b767d7cf54)

out/bases/almalinux_8-unpinned:
	$(call refuse,'almalinux_8: matrix/lock.yaml has no digest of almalinux:8 for linux/amd64; make lock writes it')

out/bases/ubuntu_noble-unpinned:
	$(call refuse,'ubuntu_noble: matrix/lock.yaml has no digest of ubuntu:noble for linux/amd64; make lock writes it')

bases/standin/index.json:
	$(call refuse,'BASE_rockylinux_8: there is no bases/standin/index.json; it names a folder with an OCI layout$(comma) such as scripts/bootstrap makes')

out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json: | $(setup)
	$(call packaging,linux/amd64,base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,out/images/packaging_linux-amd64-63bb16f40e1bc509)
