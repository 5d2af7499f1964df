# Generated for library_1.2_almalinux_8_linux-amd64 from templates/Dockerfile.njk. Edit matrix/ or the template, not this file.
# Everything that can change the package stands below: make rebuilds exactly when these bytes change.
# base: unpinned
# packaging: out/images/packaging_linux-amd64-63bb16f40e1bc509
# matrix/packages/library/build sha256:d434f9321654e685285030f45874049f9133b24a440cca997d71ecff63fa2590
# matrix/packages/library/install-test sha256:1fa291326ab61d45968d185ecd361e35ffda24a774b8ff69c8eaa28ec8e8a078
# matrix/packages/library/smoke sha256:c2a7db33d4b9aff6f1130b6bc7dfb886c1a1de423ac505ea22c9568308965356
# matrix/packages/library/stage sha256:28e9af46542b96004e0ab3772c9b2ad9d1a53f8ebd30ea8e9809169cf06d0e32
# templates/steps/abi sha256:6c63dd3b8158942720b7f90a9dc99819a7d08b4f8f44f391866839712da505ae
# templates/steps/compress-pages sha256:e0e229f343db20aaec520698cad515bbfe5421891e3644195449fc395874ec27
# templates/steps/elf-files sha256:aca0892a4bdc7ad6d7f99945dbe2b4cad108939dcb265962fa5976eb63158e7b
# templates/steps/prebuilt sha256:e4615f5d8a0916979c5db314b4efb8eaf0afc6ff52279aee0eea2163ccb16914
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
--mount=type=cache,id=yum-almalinux_8-x86_64,target=/var/cache/yum,sharing=locked \
["/steps/step", "deps", "/steps/rpm/install-build-deps", "yum", "--mirror", "http://vault.example.org", "--"]

FROM deps AS unpack
ENV PACKAGE="library"
ENV VERSION="1.2"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=unpack,target=/steps/unpack \
--mount=type=bind,from=source,target=/source \
["/steps/step", "unpack", "/steps/unpack", "1111111111111111111111111111111111111111111111111111111111111111", "/source/library-1.2.tar.gz"]

FROM unpack AS build
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=prebuilt,target=/steps/prebuilt \
--mount=type=bind,from=recipe,source=build,target=/recipe/build \
--mount=type=secret,id=jobs \
--mount=type=cache,id=portable-library-1.2,target=/portable \
--mount=type=secret,id=no-cache \
["/steps/step", "build", "/steps/prebuilt", "/recipe/build"]

FROM build AS smoke
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=smoke,target=/recipe/smoke \
["/steps/step", "--test", "smoke", "/recipe/smoke"]

FROM smoke AS stage
ENV DESTDIR="/stage"
ENV DISTRO="almalinux_8"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=stage,target=/recipe/stage \
["/steps/step", "stage", "/recipe/stage"]

FROM stage AS depends
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=elf-files,target=/steps/elf-files \
--mount=type=bind,source=rpm/depends,target=/steps/rpm/depends \
["/steps/step", "depends", "/steps/rpm/depends", "--copyright", "doc/LICENSE"]

FROM depends AS components
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/components,target=/steps/rpm/components \
["/steps/step", "components", "/steps/rpm/components"]

FROM components AS abi
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=abi,target=/steps/abi \
["/steps/step", "abi", "/steps/abi", "--floor", "GLIBC=2.27", "almalinux_8"]

FROM --platform=linux/amd64 packaging AS package
COPY --from=abi /r /r
COPY --from=abi /stage /stage
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=compress-pages,target=/steps/compress-pages \
--mount=type=bind,source=rpm/package,target=/steps/rpm/package \
["/steps/step", "package", "/steps/rpm/package", "--license", "MIT", "--notice", "Copyright 2020-2026 \"Somebody\" <somebody@example.org>", "--notice", "Copyright 2026 Gr\u00fc\u00dfe GmbH", "--package", "liblibrary-dev-1.2-1.el8.x86_64.rpm", "--name", "liblibrary-dev", "--version", "1.2", "--architecture", "x86_64", "--maintainer", "Zo\u00eb \"Test\" O'Neill <zoe@example.org>", "--url", "https://example.org/library?a=1&b=2", "--category", "libdevel", "--description", "Something that the tool needs", "--iteration", "1", "--rpm-dist", "el8", "--vendor", "Zo\u00eb \"Test\" O'Neill", "--rpm-os", "linux", "--rpm-digest", "sha256", "--rpm-compression", "gzip", "--rpm-compression-level", "6"]

FROM package AS lint
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/lint,target=/steps/rpm/lint \
["/steps/step", "lint", "/steps/rpm/lint", "liblibrary-dev-1.2-1.el8.x86_64.rpm"]

FROM base AS install-test
COPY --from=lint /r /r
ENV PACKAGE="library"
ENV VERSION="1.2"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=rpm/install,target=/steps/rpm/install \
--mount=type=bind,source=rpm/install-test,target=/steps/rpm/install-test \
--mount=type=bind,from=recipe,source=install-test,target=/recipe/install-test \
--mount=type=cache,id=yum-almalinux_8-x86_64,target=/var/cache/yum,sharing=locked \
["/steps/step", "--test", "install-test", "/steps/rpm/install-test", "yum", "--mirror", "http://vault.example.org", "--", "liblibrary-dev-1.2-1.el8.x86_64.rpm", "/recipe/install-test"]

FROM scratch AS export
COPY --from=install-test /r /
