"""Every order of the shop."""

import streamlit as st

st.title("Orders")
st.write(st.query_params.to_dict())
