# Generated for tool_3.4.5.6_rockylinux_8_linux-amd64 from templates/Dockerfile.njk. Edit matrix/ or the template, not this file.
# Everything that can change the package stands below: make rebuilds exactly when these bytes change.
# base: oci-layout://bases/standin
# substituted: this base stands in for rockylinux_8; what comes of it is not for rockylinux_8
# packaging: out/images/packaging_linux-amd64-63bb16f40e1bc509
# matrix/packages/tool/build sha256:70f0b0fcf02a1b18bf3d56cc7b7de275a558be566d98dc827cd058d5c57d3adc
# matrix/packages/tool/install-test sha256:c9ec2365733e35382326585781ba288a728a1b9fffc8773c45f4c7162baeb35e
# matrix/packages/tool/patches/first.patch sha256:a57dc462e9d1c850b326fa8f4710bc291b8b5cf15abd7aae871e927592b413cf
# matrix/packages/tool/patches/series/second.patch sha256:fbcd22f92a0ac252a5a4b3aa0356eb65c9325b3b5238aa4d95d84625b154640e
# matrix/packages/tool/smoke sha256:79971da70a8daacede23e5afb7932e438f4d33d6965a6d8599b77da5cf96c203
# matrix/packages/tool/stage sha256:aa70f1478486bafaea4404fda112dddc4c6455f1bfbaf0344447a58fea4fb1d4
# templates/steps/abi sha256:6c63dd3b8158942720b7f90a9dc99819a7d08b4f8f44f391866839712da505ae
# templates/steps/compress-pages sha256:e0e229f343db20aaec520698cad515bbfe5421891e3644195449fc395874ec27
# templates/steps/elf-files sha256:aca0892a4bdc7ad6d7f99945dbe2b4cad108939dcb265962fa5976eb63158e7b
# templates/steps/rpm/components sha256:b4a3e4a6052317d8c86aee40da2552d46c4718346812f079cf1eb866ba8108cf
# templates/steps/rpm/depends sha256:6af3616cfc8cce2d36550f4cee568f99fe498db7a2d8de135027df6af0f7d95d
# templates/steps/rpm/install sha256:7c68defd343976c2cdaeeafd65852abf4384e94e01ca29832052a3d3d671a76a
# templates/steps/rpm/install-build-deps sha256:96c60f66c8576bff63a1df4a653963e4d3741dffedab42ce6a88e17db7eda1fb
# templates/steps/rpm/install-test sha256:ea9104b84a01ba80f3620524dab6262bdbc8628aadb794f65429e941e8d795f0
# templates/steps/rpm/lint sha256:c71056d8545f3a501e48f0506f8129342316de9efbba6a2c056d03824322016a
# templates/steps/rpm/package sha256:59a5b6c6320d4409a680f7a6852da8a190a6e16e60a850005cc8f91ee7a58f9a
# templates/steps/step sha256:92091188da48fdb94bdbc21aebb6a5acad3921bfe15de3911f20272bbce7b535
# templates/steps/unpack sha256:eba5fd6e6274114c9d2774c070419bb1f8c463a3f9511a331eaa8a5e3c5c54d5

FROM base AS deps
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/install,target=/steps/rpm/install \
--mount=type=bind,source=rpm/install-build-deps,target=/steps/rpm/install-build-deps \
--mount=type=cache,id=dnf-rockylinux_8-x86_64,target=/var/cache/dnf,sharing=locked \
["/steps/step", "deps", "/steps/rpm/install-build-deps", "dnf", "--enable", "powertools", "--add", "epel-release", "--", "gcc", "make", "zlib1g-dev"]

FROM deps AS needs
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/install,target=/steps/rpm/install \
--mount=type=cache,id=dnf-rockylinux_8-x86_64,target=/var/cache/dnf,sharing=locked \
--mount=type=bind,from=need-library-linux-amd64,target=/needs/library \
["/steps/step", "needs", "/steps/rpm/install", "dnf", "--enable", "powertools", "--add", "epel-release", "--", "/needs/library/liblibrary-dev-1.2-1.el8.x86_64.rpm"]

FROM needs AS unpack
ENV PACKAGE="tool"
ENV VERSION="3.4.5.6"
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
ENV DISTRO="rockylinux_8"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=stage,target=/recipe/stage \
["/steps/step", "stage", "/recipe/stage"]

FROM stage AS depends
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=elf-files,target=/steps/elf-files \
--mount=type=bind,source=rpm/depends,target=/steps/rpm/depends \
["/steps/step", "depends", "/steps/rpm/depends", "--copyright", "COPYING", "--recommends", "/usr/lib/tool/*.so"]

FROM depends AS components
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/components,target=/steps/rpm/components \
["/steps/step", "components", "/steps/rpm/components"]

FROM components AS abi
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=abi,target=/steps/abi \
["/steps/step", "abi", "/steps/abi", "--record-only", "--floor", "GLIBC=2.28", "rockylinux_8", "--floor", "GLIBC=2.27", "almalinux_8"]

FROM --platform=linux/amd64 packaging AS package
COPY --from=abi /r /r
COPY --from=abi /stage /stage
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=compress-pages,target=/steps/compress-pages \
--mount=type=bind,source=rpm/package,target=/steps/rpm/package \
["/steps/step", "package", "/steps/rpm/package", "--license", "GPL-3.0-or-later WITH GCC-exception-3.1", "--notice", "Copyright 2026 Nobody", "--package", "tool-3.4.5.6-3.el8.x86_64.rpm", "--name", "tool", "--version", "3.4.5.6", "--epoch", "2", "--architecture", "x86_64", "--maintainer", "Zo\u00eb \"Test\" O'Neill <zoe@example.org>", "--url", "https://example.org/tool", "--category", "utils", "--description", "It's $100 of `fun` \\ \"joy\"\nFirst paragraph, with a % and a #.\nSecond paragraph.", "--depends", "libc6 (>= 2.34)", "--depends", "default-jre-headless | java9-runtime", "--conflicts", "tool-old", "--replaces", "tool-old", "--provides", "virtual-tool (= 3)", "--iteration", "3", "--rpm-dist", "el8", "--vendor", "Zo\u00eb \"Test\" O'Neill", "--rpm-os", "linux", "--rpm-digest", "sha256", "--rpm-compression", "xz", "--rpm-compression-level", "3", "--weak-dependencies", "yes", "--recommends", "tool-doc", "--suggests", "tool-extras"]

FROM package AS lint
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/lint,target=/steps/rpm/lint \
["/steps/step", "lint", "/steps/rpm/lint", "--waive", "no-manual-page", "tool-3.4.5.6-3.el8.x86_64.rpm"]

FROM base AS install-test
COPY --from=lint /r /r
ENV PACKAGE="tool"
ENV VERSION="3.4.5.6"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/install,target=/steps/rpm/install \
--mount=type=bind,source=rpm/install-test,target=/steps/rpm/install-test \
--mount=type=bind,from=recipe,source=install-test,target=/recipe/install-test \
--mount=type=cache,id=dnf-rockylinux_8-x86_64,target=/var/cache/dnf,sharing=locked \
["/steps/step", "--test", "install-test", "/steps/rpm/install-test", "dnf", "--enable", "powertools", "--add", "epel-release", "--", "tool-3.4.5.6-3.el8.x86_64.rpm", "/recipe/install-test"]

FROM scratch AS export
COPY --from=install-test /r /
