"""Central forms (eMENSCR, สงป.301/302) laid out from what units have answered already, by a map of their columns."""
