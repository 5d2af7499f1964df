# Generated for library_1.10-rc1_debian_trixie_linux-arm64 from templates/Dockerfile.njk. Edit matrix/ or the template, not this file.
# Everything that can change the package stands below: make rebuilds exactly when these bytes change.
# base: out/bases/debian_trixie_linux-arm64-424c86b767d7cf54
# native-base: debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# prebuilt-base: debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# packaging: out/images/packaging_linux-amd64-63bb16f40e1bc509
# matrix/packages/library/build sha256:d434f9321654e685285030f45874049f9133b24a440cca997d71ecff63fa2590
# matrix/packages/library/install-test sha256:1fa291326ab61d45968d185ecd361e35ffda24a774b8ff69c8eaa28ec8e8a078
# matrix/packages/library/smoke sha256:c2a7db33d4b9aff6f1130b6bc7dfb886c1a1de423ac505ea22c9568308965356
# matrix/packages/library/stage sha256:28e9af46542b96004e0ab3772c9b2ad9d1a53f8ebd30ea8e9809169cf06d0e32
# templates/steps/abi sha256:6c63dd3b8158942720b7f90a9dc99819a7d08b4f8f44f391866839712da505ae
# templates/steps/compress-pages sha256:e0e229f343db20aaec520698cad515bbfe5421891e3644195449fc395874ec27
# templates/steps/deb/apt-install sha256:3399f8a91dfde5131de9cf756816b6265b052a250bd2d06721ddec3db66323e0
# templates/steps/deb/components sha256:8f7524c91d7c323242d9b5e16e10152e6813951be36d75521858817a91b12777
# templates/steps/deb/depends sha256:afc96fb7aa155536dd4e9bcf3608c2836ea7ae2ec71a5f0420f26b004848a06a
# templates/steps/deb/install-build-deps sha256:10a75f94f373d304f2f496fdd1ad5d386b2d7a81fa93e5d4b56d50dd7435a2d9
# templates/steps/deb/install-test sha256:3cd54355f1250d29c4dc28ae92bb295781f631d1c7acec202c933e59c6cf128f
# templates/steps/deb/lint sha256:bdb5778dfb23650a077845aee74e82b88c3a59492c2d8ad18b3201a3e6f8aa98
# templates/steps/deb/package sha256:9c6face238d573c6850a5c36596cb78330314b35cd2e9c8f1a84f76ab5e15325
# templates/steps/elf-files sha256:aca0892a4bdc7ad6d7f99945dbe2b4cad108939dcb265962fa5976eb63158e7b
# templates/steps/prebuilt sha256:e4615f5d8a0916979c5db314b4efb8eaf0afc6ff52279aee0eea2163ccb16914
# templates/steps/step sha256:92091188da48fdb94bdbc21aebb6a5acad3921bfe15de3911f20272bbce7b535
# templates/steps/unpack sha256:eba5fd6e6274114c9d2774c070419bb1f8c463a3f9511a331eaa8a5e3c5c54d5

FROM --platform=linux/amd64 prebuilt-base AS native-deps
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-build-deps,target=/steps/deb/install-build-deps \
--mount=type=cache,id=apt-archives-debian_trixie-amd64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_trixie-amd64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "deps", "/steps/deb/install-build-deps"]

FROM native-deps AS native-unpack
ENV PACKAGE="library"
ENV VERSION="1.10-rc1"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=unpack,target=/steps/unpack \
--mount=type=bind,from=source,target=/source \
["/steps/step", "unpack", "/steps/unpack", "2222222222222222222222222222222222222222222222222222222222222222", "/source/library-1.10-rc1.tar.gz"]

FROM native-unpack AS native-build
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=prebuilt,target=/steps/prebuilt \
--mount=type=bind,from=recipe,source=build,target=/recipe/build \
--mount=type=secret,id=jobs \
--mount=type=cache,id=portable-library-1.10-rc1,target=/portable \
--mount=type=secret,id=no-cache \
["/steps/step", "build", "/steps/prebuilt", "/recipe/build"]

FROM --platform=linux/amd64 native-base AS deps
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-build-deps,target=/steps/deb/install-build-deps \
--mount=type=cache,id=apt-archives-debian_trixie-amd64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_trixie-amd64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "deps", "/steps/deb/install-build-deps", "--arch", "arm64"]

FROM deps AS unpack
ENV PACKAGE="library"
ENV VERSION="1.10-rc1"
ENV CROSS_TRIPLET="aarch64-linux-gnu"
ENV CROSS_ARCH="arm64"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=unpack,target=/steps/unpack \
--mount=type=bind,from=source,target=/source \
["/steps/step", "unpack", "/steps/unpack", "2222222222222222222222222222222222222222222222222222222222222222", "/source/library-1.10-rc1.tar.gz"]

FROM unpack AS build
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=prebuilt,target=/steps/prebuilt \
--mount=type=bind,from=recipe,source=build,target=/recipe/build \
--mount=type=secret,id=jobs \
--mount=type=bind,from=native-build,source=/build,target=/prebuilt \
--mount=type=bind,from=native-build,source=/r,target=/prebuilt-results \
["/steps/step", "build", "/steps/prebuilt", "/recipe/build"]

FROM build AS smoke
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=smoke,target=/recipe/smoke \
["/steps/step", "--test", "smoke", "/recipe/smoke"]

FROM smoke AS stage
ENV DESTDIR="/stage"
ENV DISTRO="debian_trixie"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=stage,target=/recipe/stage \
["/steps/step", "stage", "/recipe/stage"]

FROM stage AS depends
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=elf-files,target=/steps/elf-files \
--mount=type=bind,source=deb/depends,target=/steps/deb/depends \
["/steps/step", "depends", "/steps/deb/depends", "--copyright", "doc/LICENSE"]

FROM depends AS components
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/components,target=/steps/deb/components \
["/steps/step", "components", "/steps/deb/components"]

FROM components AS abi
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=abi,target=/steps/abi \
["/steps/step", "abi", "/steps/abi"]

FROM --platform=linux/amd64 packaging AS package
COPY --from=abi /r /r
COPY --from=abi /stage /stage
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=compress-pages,target=/steps/compress-pages \
--mount=type=bind,source=deb/package,target=/steps/deb/package \
["/steps/step", "package", "/steps/deb/package", "--license", "MIT", "--notice", "Copyright 2020-2026 \"Somebody\" <somebody@example.org>", "--notice", "Copyright 2026 Gr\u00fc\u00dfe GmbH", "--package", "liblibrary-dev_1.10~rc1-1~deb13_arm64.deb", "--name", "liblibrary-dev", "--version", "1.10~rc1", "--architecture", "arm64", "--maintainer", "Zo\u00eb \"Test\" O'Neill <zoe@example.org>", "--url", "https://example.org/library?a=1&b=2", "--category", "libdevel", "--description", "Something that the tool needs", "--iteration", "1~deb13", "--vendor", "", "--deb-priority", "optional", "--deb-compression", "zstd", "--deb-compression-level", "0"]

FROM package AS lint
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/lint,target=/steps/deb/lint \
["/steps/step", "lint", "/steps/deb/lint", "liblibrary-dev_1.10~rc1-1~deb13_arm64.deb"]

FROM base AS install-test
COPY --from=lint /r /r
ENV PACKAGE="library"
ENV VERSION="1.10-rc1"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-test,target=/steps/deb/install-test \
--mount=type=bind,from=recipe,source=install-test,target=/recipe/install-test \
--mount=type=cache,id=apt-archives-debian_trixie-arm64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_trixie-arm64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "--test", "install-test", "/steps/deb/install-test", "liblibrary-dev_1.10~rc1-1~deb13_arm64.deb", "/recipe/install-test"]

FROM scratch AS export
COPY --from=install-test /r /
