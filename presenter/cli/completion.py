"""Completion of words in the shell: `presenter completion` prints what the shell needs, click finds the words.

The scripts are click's in kind, but they let the shell quote file names itself, and nothing of theirs is ever an error
on somebody's screen.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import MutableMapping
from typing import Any, ClassVar, Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

from presenter.cli.main import cli
from presenter.cli.types import PATH_ITEM

_BASH: Final = """\
# Completion of presenter for bash (4.4 or newer). To have it, now and from now on:
#   presenter completion bash > ~/.local/share/bash-completion/completions/presenter
# or put into ~/.bashrc:  eval "$(presenter completion bash)"
%(complete_func)s() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        [[ ${line%%%%,*} == path ]] && compopt -o filenames 2>/dev/null
        COMPREPLY+=("${line#*,}")
    done < <(COMP_WORDS="$(printf '%%s\\n' "${COMP_WORDS[@]}")" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_ZSH: Final = """\
#compdef %(prog_name)s
# Completion of presenter for zsh. To have it: write this into a folder of your $fpath as _presenter,
#   presenter completion zsh > "${fpath[1]}/_presenter"
# or put into ~/.zshrc, after compinit:  eval "$(presenter completion zsh)"
%(complete_func)s() {
    local -a response plain described
    local kind value about glob=
    response=("${(@f)$(COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete "${words[1]}" 2>/dev/null)}")
    for kind value about in "${response[@]}"; do
        if [[ "$kind" == path ]]; then
            [[ "$about" == _ ]] && glob='*.(yaml|yml)' || glob="$about"
        elif [[ "$kind" == plain && "$about" == _ ]]; then
            plain+=("$value")
        elif [[ "$kind" == plain ]]; then
            described+=("${value//:/\\\\:}:$about")
        fi
    done
    (( $#described )) && _describe -V 'presenter' described
    (( $#plain )) && compadd -V plain -a plain
    [[ -n "$glob" ]] && _files -g "$glob"
    return 0
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""
_FISH: Final = """\
# Completion of presenter for fish. To have it:
#   presenter completion fish > ~/.config/fish/completions/presenter.fish
function %(complete_func)s
    set -l words (commandline -opc) (commandline -ct)
    set -lx COMP_CWORD (math (count $words) - 1)
    set -lx COMP_WORDS (string join \\n -- $words | string collect -N)
    set -lx %(complete_var)s fish_complete
    $words[1] 2>/dev/null
end
complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


def _typed(facts: MutableMapping[str, Any]) -> tuple[list[str], str]:
    """Return the words before the one that is completed, and that one as far as it is typed.

    The shell gives one word a line, so that spaces and quotes need no rules. Those before go into the context as well.
    """
    words = [_unquoted(word) for word in os.environ.get("COMP_WORDS", "").split("\n")]
    place = int(os.environ.get("COMP_CWORD", "0") or 0)
    begun = words[place] if place < len(words) else ""
    # bash takes the = of --start=knee for a word of its own.
    before = [word for word in words[1:place] if word != "="]
    facts["obj"] = tuple(before)
    return before, "" if begun == "=" else begun


def _unquoted(word: str) -> str:
    """Return a word as the command would get it, also one whose quotes are not closed yet."""
    parts = split_arg_string(word)
    return parts[0] if len(parts) == 1 else word


class Bash(BashComplete):
    """For bash."""

    source_template: ClassVar[str] = _BASH

    @staticmethod
    def _check_version() -> None:
        """Ask no bash for its version: an old one completes file names as it always did."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before, and the one that is begun."""
        return _typed(self.ctx_args)

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return a line of the answer; bash itself quotes paths, and nothing else."""
        value = str(item.value)
        if item.type == PATH_ITEM:
            return f"{PATH_ITEM},{value.rstrip('/')}"
        return f"plain,{value if value.isidentifier() else shlex.quote(value)}"


class Zsh(ZshComplete):
    """For zsh, which finds the paths itself."""

    source_template: ClassVar[str] = _ZSH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before, and the one that is begun."""
        return _typed(self.ctx_args)

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return three lines of the answer: kind, word, and what is said of it."""
        about = " ".join((item.help or "_").split())
        return f"{item.type}\n{item.value}\n{about}"


class Fish(FishComplete):
    """For fish, which quotes everything itself."""

    source_template: ClassVar[str] = _FISH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before, and the one that is begun."""
        return _typed(self.ctx_args)

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return a line of the answer: the word, a tab, and what is said of it."""
        about = "" if item.type == PATH_ITEM else " ".join((item.help or "").split())
        return f"{item.value}\t{about}" if about else str(item.value)


SHELLS: Final = {"bash": Bash, "zsh": Zsh, "fish": Fish}
for _shell in SHELLS.values():
    add_completion_class(_shell)

_EXAMPLES: Final = """\b
To have it from now on:
  bash  presenter completion bash > ~/.local/share/bash-completion/completions/presenter
  zsh   presenter completion zsh > "${fpath[1]}/_presenter"
  fish  presenter completion fish > ~/.config/fish/completions/presenter.fish
"""


@cli.command(short_help="Print what a shell needs to complete words.", epilog=_EXAMPLES)
@click.argument("shell", type=click.Choice(list(SHELLS)))
def completion(shell: str) -> None:
    """Print what a shell needs to complete commands, decks, slides, themes and variants."""
    click.echo(SHELLS[shell](cli, {}, "presenter", "_PRESENTER_COMPLETE").source(), nl=False)
    if sys.stdout.isatty():
        click.echo(f"\n`presenter completion {shell} --help` says where to put this.", err=True)
