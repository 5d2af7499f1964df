# Generated for words_1.10_debian_bookworm_linux-amd64 from templates/Dockerfile.njk. Edit matrix/ or the template, not this file.
# Everything that can change the package stands below: make rebuilds exactly when these bytes change.
# base: out/bases/debian_bookworm_linux-amd64-98cd607966d2e25a
# packaging: out/images/packaging_linux-amd64-4be1db6496f67b08
# matrix/packages/words/build sha256:526943ba5ce7257c72182d46cccfea6071dde23981f011b0f7a880d69afb3493
# matrix/packages/words/install-test sha256:c119b5e8b2df25ffbb2643b3649b0c36b38c525f67fcf3541b828b3580fe6f44
# matrix/packages/words/smoke sha256:2c6890ecce34d671308fd7a53007823e2a0750b499b3db9ccab519b461c5bcc0
# matrix/packages/words/stage sha256:8343b60c0d4a261c442a5565608c33176a250736f765c40043eab2cadb31d1b7
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

FROM base AS deps
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-build-deps,target=/steps/deb/install-build-deps \
--mount=type=cache,id=apt-archives-debian_bookworm-amd64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_bookworm-amd64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "deps", "/steps/deb/install-build-deps", "kept"]

FROM deps AS unpack
ENV PACKAGE="words"
ENV VERSION="1.10"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=unpack,target=/steps/unpack \
--mount=type=bind,from=source,target=/source \
["/steps/step", "unpack", "/steps/unpack", "2222222222222222222222222222222222222222222222222222222222222222", "/source/words-1.10.tar.gz"]

FROM unpack AS build
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=build,target=/recipe/build \
--mount=type=secret,id=jobs \
["/steps/step", "build", "/recipe/build", "own", "family", "library", "distro", "version-range", "exact-version"]

FROM build AS smoke
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=smoke,target=/recipe/smoke \
["/steps/step", "--test", "smoke", "/recipe/smoke"]

FROM smoke AS stage
ENV DESTDIR="/stage"
ENV DISTRO="debian_bookworm"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,from=recipe,source=stage,target=/recipe/stage \
["/steps/step", "stage", "/recipe/stage"]

FROM stage AS depends
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=elf-files,target=/steps/elf-files \
--mount=type=bind,source=deb/depends,target=/steps/deb/depends \
["/steps/step", "depends", "/steps/deb/depends", "--copyright", "COPYING"]

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
["/steps/step", "package", "/steps/deb/package", "--license", "MIT", "--notice", "Copyright 2026 Nobody", "--package", "words_1.10-1~deb12_amd64.deb", "--name", "words", "--version", "1.10", "--architecture", "amd64", "--maintainer", "Test Packages <packages@example.org>", "--url", "https://example.org/words", "--category", "misc", "--description", "Says which override wins", "--iteration", "1~deb12", "--vendor", "", "--deb-priority", "optional", "--deb-compression", "xz", "--deb-compression-level", "3"]

FROM package AS lint
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/lint,target=/steps/deb/lint \
["/steps/step", "lint", "/steps/deb/lint", "words_1.10-1~deb12_amd64.deb"]

FROM base AS install-test
COPY --from=lint /r /r
ENV PACKAGE="words"
ENV VERSION="1.10"
RUN --mount=type=bind,source=step,target=/steps/step \
--mount=type=bind,source=deb/apt-install,target=/steps/deb/apt-install \
--mount=type=bind,source=deb/install-test,target=/steps/deb/install-test \
--mount=type=bind,from=recipe,source=install-test,target=/recipe/install-test \
--mount=type=cache,id=apt-archives-debian_bookworm-amd64,target=/var/cache/apt,sharing=locked \
--mount=type=cache,id=apt-lists-debian_bookworm-amd64,target=/var/lib/apt/lists,sharing=locked \
["/steps/step", "--test", "install-test", "/steps/deb/install-test", "words_1.10-1~deb12_amd64.deb", "/recipe/install-test"]

FROM scratch AS export
COPY --from=install-test /r /
