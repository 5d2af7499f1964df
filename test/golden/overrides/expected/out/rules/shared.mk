# Generated from templates/shared.mk.njk: what targets share.
BASES := out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a/index.json out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da/index.json out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea/index.json

out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a/index.json: | $(setup)
	$(call bootstrap,--suite bookworm --arch amd64 --components main out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a)

out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da/index.json: | $(setup)
	$(call bootstrap,--suite bookworm --arch arm64 --components main out/bases/debian_bookworm_linux-arm64-4c1cb50f4216f2da)

out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea/index.json: | $(setup)
	$(call bootstrap,--suite bullseye --arch amd64 --components main out/bases/debian_bullseye_linux-amd64-8fe214f3ec3e23ea)

out/images/packaging_linux-amd64-4be1db6496f67b08/index.json: | out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a/index.json $(setup)
	$(call packaging,linux/amd64,base=oci-layout://out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a,out/images/packaging_linux-amd64-4be1db6496f67b08)
