"""Says it where a question asks for a calculation and plain figures alone are shown: nobody should take one for the other."""

from qa_service.answering.draft import Draft
from qa_service.understanding.operations import asks_to_compute


def say_uncomputed(draft: Draft) -> None:
    """Puts before the figures of a look-up that the calculation asked for was not made."""
    shown = [figure for figure in draft.evidence.figures if figure.value is not None]
    if draft.choices or not shown or any(figure.origin == "derived" for figure in shown):
        return
    if asks_to_compute(draft.question):
        draft.sentences.insert(
            0,
            draft.wording.say(
                "题中要的计算没有作，这里只列出查到的数字。",
                "The calculation asked for was not made; these are only the figures found.",
            ),
        )
