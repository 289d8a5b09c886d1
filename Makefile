# The two commands of the README are the first two. All take ARGS.
.PHONY: demo test setup lint translations bundle wheel pins

demo:          # set up, run the main job, open the window where there is a screen
	@sh installer/prepare.sh demo $(ARGS)

test:          # set up and pass the tests
	@sh installer/prepare.sh test $(ARGS)

setup:         # .venv with the program and the development tools
	@sh installer/prepare.sh

lint: setup    # the checks that are tests too, by themselves
	.venv/bin/python -m ruff check . && .venv/bin/python -m ruff format --check .
	.venv/bin/python -m mypy && .venv/bin/lint-imports

translations: setup  # compile the .po files

wheel: setup   # dist/valuer-*.whl
	.venv/bin/python -m hatchling build -t wheel

bundle: setup  # dist/valuer/, and its own self-test inside it; see installer/README.md
	.venv/bin/python -m PyInstaller --noconfirm --log-level WARN installer/valuer.spec
	dist/valuer/valuer self-test

pins:          # renew requirements.txt; needs uv
	uv pip compile pyproject.toml --group dev --universal --fork-strategy fewest --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-annotate --upgrade --quiet \
	    --custom-compile-command "make pins   (see docs/decisions/pins.md)" \
	    -o requirements.txt
