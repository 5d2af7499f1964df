# Generated for tool_3.4.5.6_debian_trixie_linux-arm64 from templates/Dockerfile.njk. Edit matrix/ or the template, not this file.
# Everything that can change the package stands below: make rebuilds exactly when these bytes change.
# base: out/bases/debian_trixie_linux-arm64-424c86b767d7cf54
# native-base: debian:trixie@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# packaging: out/images/packaging_linux-amd64-63bb16f40e1bc509
# matrix/packages/tool/build sha256:70f0b0fcf02a1b18bf3d56cc7b7de275a558be566d98dc827cd058d5c57d3adc
# matrix/packages/tool/install-test sha256:c9ec2365733e35382326585781ba288a728a1b9fffc8773c45f4c7162baeb35e
# matrix/packages/tool/patches/first.patch sha256:a57dc462e9d1c850b326fa8f4710bc291b8b5cf15abd7aae871e927592b413cf
# matrix/packages/tool/patches/series/second.patch sha256:fbcd22f92a0ac252a5a4b3aa0356eb65c9325b3b5238aa4d95d84625b154640e
# matrix/packages/tool/smoke sha256:79971da70a8daacede23e5afb7932e438f4d33d6965a6d8599b77da5cf96c203
# matrix/packages/tool/stage sha256:aa70f1478486bafaea4404fda112dddc4c6455f1bfbaf0344447a58fea4fb1d4
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
# templates/steps/step sha256:92091188da48fdb94bdbc21aebb6a5acad3921bfe15de3911f20272bbce7b535
# templates/steps/unpack sha256:eba5fd6e6274114c9d2774c070419bb1f8c463a3f9511a331eaa8a5e3c5c54d5

FROM --platform=linux/amd64 native-base AS deps
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-build-deps,target=/steps/deb/install-build-deps \
--mount=type=cache,id=apt-archives-debian_trixie-amd64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_trixie-amd64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "deps", "/steps/deb/install-build-deps", "--arch", "arm64", "gcc", "make", "zlib1g-dev:arm64"]

FROM deps AS needs
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=cache,id=apt-archives-debian_trixie-amd64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_trixie-amd64,target=/var/lib/apt/lists,sharing=locked \
--mount=type=bind,from=need-library-linux-arm64,target=/needs/library \
["/steps/step", "needs", "/steps/deb/apt-install", "/needs/library/liblibrary-dev_1.2-1~deb13_arm64.deb"]

FROM needs AS unpack
ENV PACKAGE="tool"
ENV VERSION="3.4.5.6"
ENV CROSS_TRIPLET="aarch64-linux-gnu"
ENV CROSS_ARCH="arm64"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=unpack,target=/steps/unpack \
--mount=type=bind,from=recipe,source=patches/first.patch,target=/recipe/patches/first.patch \
--mount=type=bind,from=recipe,source=patches/series/second.patch,target=/recipe/patches/series/second.patch \
--mount=type=bind,from=source,target=/source \
["/steps/step", "unpack", "/steps/unpack", "unpinned", "/source/tool-3.4.5.6.tar.xz", "/recipe/patches/first.patch", "/recipe/patches/series/second.patch"]

FROM unpack AS build
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=build,target=/recipe/build \
--mount=type=secret,id=jobs \
["/steps/step", "build", "/recipe/build", "--prefix=/usr", "CFLAGS=-O2", "--with-list=a,b"]

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
["/steps/step", "depends", "/steps/deb/depends", "--copyright", "COPYING", "--recommends", "/usr/lib/tool/*.so"]

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
["/steps/step", "package", "/steps/deb/package", "--license", "GPL-3.0-or-later WITH GCC-exception-3.1", "--notice", "Copyright 2026 Nobody", "--package", "tool_3.4.5.6-3~deb13_arm64.deb", "--name", "tool", "--version", "3.4.5.6", "--epoch", "2", "--architecture", "arm64", "--maintainer", "Zo\u00eb \"Test\" O'Neill <zoe@example.org>", "--url", "https://example.org/tool", "--category", "utils", "--description", "It's $100 of `fun` \\ \"joy\"\nFirst paragraph, with a % and a #.\nSecond paragraph.", "--depends", "libc6 (>= 2.34)", "--depends", "default-jre-headless | java9-runtime", "--conflicts", "tool-old", "--replaces", "tool-old", "--provides", "virtual-tool (= 3)", "--iteration", "3~deb13", "--vendor", "", "--deb-priority", "optional", "--deb-compression", "zstd", "--deb-compression-level", "0", "--deb-recommends", "tool-doc", "--deb-suggests", "tool-extras"]

FROM package AS lint
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/lint,target=/steps/deb/lint \
["/steps/step", "lint", "/steps/deb/lint", "--waive", "no-manual-page", "tool_3.4.5.6-3~deb13_arm64.deb"]

FROM base AS install-test
COPY --from=lint /r /r
ENV PACKAGE="tool"
ENV VERSION="3.4.5.6"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-test,target=/steps/deb/install-test \
--mount=type=bind,from=recipe,source=install-test,target=/recipe/install-test \
--mount=type=cache,id=apt-archives-debian_trixie-arm64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_trixie-arm64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "--test", "install-test", "/steps/deb/install-test", "tool_3.4.5.6-3~deb13_arm64.deb", "/recipe/install-test"]

FROM scratch AS export
COPY --from=install-test /r /
