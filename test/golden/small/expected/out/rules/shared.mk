# Generated from templates/shared.mk.njk: what targets share.
BASES := out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8/index.json out/bases/debian_trixie_linux-arm64-6b268ee7bc2aa988/index.json

out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8/index.json: | $(setup)
	$(call bootstrap,--suite trixie --arch armhf --components main$(comma)contrib --snapshot 20261101T000000Z out/bases/debian_trixie_linux-arm-v7-df56b38002a015a8)

out/bases/debian_trixie_linux-arm64-6b268ee7bc2aa988/index.json: | $(setup)
	$(call bootstrap,--suite trixie --arch arm64 --components main$(comma)contrib --snapshot 20261101T000000Z out/bases/debian_trixie_linux-arm64-6b268ee7bc2aa988)

out/bases/ubuntu_noble-unpinned:
	$(call refuse,'ubuntu_noble: matrix/lock.yaml has no digest of ubuntu:noble for linux/amd64; make lock writes it')

out/images/packaging_linux-amd64-63bb16f40e1bc509/index.json: | $(setup)
	$(call packaging,linux/amd64,base=docker-image://debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,out/images/packaging_linux-amd64-63bb16f40e1bc509)
