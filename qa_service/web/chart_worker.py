"""The process that draws: a Vega-Lite spec on each line of standard input, its SVG as JSON on a line of standard output.

It ends when nothing came for a while and when the service ends: 120 MB that are seldom needed are not kept.
"""

import json
import select
import signal
import sys

import vl_convert

_IDLE_SECONDS = 120


def main() -> None:
    """Draws until nobody asks any more."""
    # Ctrl+C at the terminal is for the service; this process ends when its input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while select.select([sys.stdin], [], [], _IDLE_SECONDS)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        try:
            drawn = {"svg": vl_convert.vegalite_to_svg(line, allowed_base_urls=[])}
        except ValueError as error:
            drawn = {"error": str(error)}
        sys.stdout.write(json.dumps(drawn) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
