"""A start of fish beyond one script: universals, prompts, functions in files, tools."""

from __future__ import annotations

from engine.gather.fish.reader import read_fish
from engine.gather.syntaxes.fish_variables import read_fish_variables
from engine.model.facts import Redacted
from engine.precedence.fish import Fish
from engine.precedence.launch import Launch
from engine.precedence.outcomes import merged
from engine.precedence.state import Function, State, Variable
from engine.precedence.values import Hole, Mixed, hole_in
from engine.precedence.world import World
from tests.precedence.fish.real_fish import HOME, fold, ours, root

MISSING = {"kind": "missing"}
DIRECTORY = {"kind": "directory", "readable": True, "writable": True, "executable": True}


def file(text):
    return {"kind": "file", "readable": True, "scripts": {"fish": read_fish(text.encode())}}


def value(state, name):
    return state.variable(name).scalar()


def with_universals(text, then="", environment=None):
    world = World(root({"/usr/bin": DIRECTORY, "/bin": DIRECTORY}))
    fish = Fish(Launch(world, process="p", shell={}))
    state = State()
    state.directory = HOME
    for name, given in {"HOME": HOME, "PATH": "/usr/bin:/bin", **(environment or {})}.items():
        state.put(name, Variable(given, exported=True))
    for path, script in (
        ("/tmp/.config/fish/fish_variables", read_fish_variables(text.encode())),
        ("/tmp/.config/fish/config.fish", read_fish(then.encode())),
    ):
        state = merged(fish.ended_file(fish.at(path, lambda r=script, s=state: fish.run(r, s))))
    fish.finish(state)
    return state


def test_a_universal_variable_is_seen_by_children_if_it_is_exported():
    state = with_universals("SETUVAR --export A:b\nSETUVAR B:c\n")
    assert (value(state, "A"), state.variable("A").exported) == ("b", True)
    assert (value(state, "B"), state.variable("B").exported) == ("c", False)


def test_an_inherited_variable_hides_a_universal_one():
    assert (
        value(with_universals("SETUVAR --export A:b\n", environment={"A": "mine"}), "A") == "mine"
    )


def test_erasing_a_global_shows_the_universal_again():
    state = with_universals("SETUVAR --export A:b\n", "set -g A c; set -e A")
    assert (value(state, "A"), state.variable("A").exported) == ("b", True)


def test_set_without_a_scope_changes_the_universal():
    state = with_universals("SETUVAR --export A:b\n", "set A c")
    assert (value(state, "A"), state.variable("A").exported) == ("c", True)


def test_user_paths_stand_before_path():
    text = "SETUVAR fish_user_paths:/a\\x1e/bin\n"
    assert value(with_universals(text), "PATH") == "/a:/bin:/usr/bin"
    then = "set -U fish_user_paths /b $fish_user_paths /b; set -e fish_user_paths[2]"
    assert value(with_universals(text, then), "PATH") == "/b:/bin:/usr/bin"


def test_no_helper_name_is_left():
    state = with_universals("SETUVAR A:b\n", "set -g A c; begin; set -l A d; end")
    assert not [name for name in state.variables if "@" in name]


def test_a_list_is_left_as_children_see_it():
    assert ours("set -gx A one two; set -gx XPATH a b")["A"] == (True, "one two")
    assert ours("set -gx A one two; set -gx XPATH a b")["XPATH"] == (True, "a:b")


def test_a_function_of_fish_prompt_runs_at_the_prompt_only():
    text = "function h --on-event fish_prompt; set -gx A prompted; end"
    assert value(fold(text)[1], "A") is None
    assert value(fold(text, prompt=True)[1], "A") == "prompted"


def test_the_prompt_itself_is_run():
    text = "function fish_prompt; set -g A drawn; echo '> '; end"
    assert value(fold(text, prompt=True)[1], "A") == "drawn"


def test_an_erased_handler_does_not_run():
    text = "function h --on-event fish_prompt; set -gx A 1; end; functions -e h"
    assert value(fold(text, prompt=True)[1], "A") is None


def test_a_function_in_a_file_of_its_own_is_loaded_when_it_is_called():
    files = {"/tmp/.config/fish/functions/f.fish": file("function f; set -g A auto; end")}
    _, state = fold("f", root(files))
    assert value(state, "A") == "auto"
    assert [path for path, _ in state.loaded] == ["/tmp/.config/fish/functions/f.fish"]


def test_a_function_in_a_file_hides_a_command_that_nobody_called():
    files = {"/tmp/.config/fish/functions/go.fish": file("function go; command go $argv; end")}
    fish, state = fold("set -g A 1", root(files))
    fish.finish(state, ["go"])
    assert isinstance(state.functions["go"], Function)


def test_a_function_that_may_be_in_a_file_may_do_anything():
    facts = root({"/tmp/.config/fish/functions/f.fish": {"kind": "file", "readable": True}})
    world = World(facts)
    fish = Fish(Launch(world, process="p", shell={}))
    state = State()
    state.put("HOME", Variable(HOME, exported=True))
    state.put("A", Variable("1", exported=True))
    state = merged(fish.run(read_fish(b"f"), state))
    assert hole_in(value(state, "A")) is not None
    assert ("script", "/tmp/.config/fish/functions/f.fish", "fish") in world.wanted


def test_interactive_and_login_are_what_the_launch_says():
    text = "status is-interactive; and set A i; status --is-login; and set B l"
    assert value(fold(text, shell={"interactive": True})[1], "A") == "i"
    assert value(fold(text, shell={"login": True})[1], "B") == "l"
    assert value(fold(text)[1], "A") is None


TOOL = {"tool": "ls", "arguments": ["hook"], "touches": ["B*", "PATH"], "functions": ["_hook"]}


def test_a_known_tool_touches_only_what_is_known_of_it():
    for text in ("ls hook fish | source", "source (ls hook | psub)", "eval (ls hook)"):
        _, state = fold(f"set -gx A 1; set -gx B 1; {text}; set -gx C 1", tools=(TOOL,))
        assert (value(state, "A"), value(state, "C")) == ("1", "1")
        assert isinstance(hole_in(value(state, "B")), Hole)
        assert state.hole is None
        assert "_hook" in state.functions


def test_an_unknown_tool_may_touch_anything():
    _, state = fold("set -gx A 1; ls hook fish | source; set -gx B 1", tools=())
    assert hole_in(value(state, "A")) is not None
    assert value(state, "B") == "1"
    assert state.names_hole is not None


def test_a_tool_that_is_not_there_touches_nothing():
    _, state = fold("set -gx A 1; nosuchcommand_x hook fish | source")
    assert value(state, "A") == "1"
    assert state.hole is None


def test_the_history_says_who_put_what_where():
    _, state = fold("set -gx PATH /a $PATH\n\nset -a PATH /z\nset -gx A 1")
    chain = state.variable("PATH").history.chain()
    assert [(event.op, event.place.line) for event in chain] == [("prepend", 1), ("append", 3)]
    assert (state.variable("A").history.place.file, state.variable("A").history.place.line) == (
        "/x.fish",
        4,
    )


def test_an_entry_of_path_that_is_not_known_leaves_the_others():
    _, state = fold("set -gx PATH (env | string match 'X=*')/bin $PATH /z")
    path = value(state, "PATH")
    assert path.atoms[-1] == "/bin:/usr/bin:/bin:/z"


def test_an_alias_is_a_function_and_its_text_is_kept():
    _, state = fold("alias go 'echo aliased'\nalias g=go")
    assert state.aliases["go"][0] == "echo aliased"
    assert state.aliases["go"][1].line == 1
    assert isinstance(state.functions["g"], Function)


def test_an_abbreviation_hides_nothing():
    _, state = fold("abbr -a go echo; abbr --add g go")
    assert "go" not in state.functions
    assert "go" not in state.aliases


def test_exec_of_a_program_that_is_there_ends_the_shell():
    world = World(root({"/bin/true": {"kind": "file", "executable": True}}))
    fish = Fish(Launch(world, process="p", shell={}))
    state = State()
    assert set(fish.run(read_fish(b"exec /bin/true; set -g A 1"), state)) == {"exit"}


def test_a_secret_goes_where_it_is_put_and_is_no_text():
    secret = Redacted((("s", "1234"),))
    script = read_fish(b"set -gx A x; set -gx B y$A; test -n $A; and set -gx C 1; string length $A")
    script[0][3][3] = [["q", secret]]
    state = State()
    fish = Fish(Launch(World(root()), process="p", shell={}))
    state = merged(fish.run(script, state))
    assert value(state, "A") == Mixed((("s", "1234"),))
    assert value(state, "B") == Mixed(("y", ("s", "1234")))
    assert value(state, "C") == "1"


def test_a_broken_file_sets_nothing():
    assert value(fold("set -g A 1\nif true\n")[1], "A") is None


def test_a_hole_in_a_condition_leaves_what_both_branches_agree_on():
    _, state = fold(
        "if env | string match -q 'X=*'\n"
        " set -gx A 1; set -gx B 1\nelse\n set -gx A 2; set -gx B 1\nend"
    )
    assert hole_in(value(state, "A")) is not None
    assert value(state, "B") == "1"
