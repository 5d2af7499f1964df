# Generated from templates/index.mk.njk: where the rules of every target stand.
include out/rules/words_1.10.mk
include out/rules/words_1.9.mk
include out/rules/words_2.0.mk
include out/rules/words_latest.mk
