"""Hold the prediction of `go env` to what real Go versions print, over made-up machines.

    python -m tests.real.go_env --seeds 1-20 --cases 300

draws cases by a seed (`drawing`), lays each out in a folder (`laying`), predicts (`predicting`),
asks every Go that is here (`truth`), compares key by key (`comparing`) and tells the score
(`scoring`). GOGCCFLAGS is left out: it holds the name of a random folder.
"""
