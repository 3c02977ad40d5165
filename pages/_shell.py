import streamlit as st

st.title("Comptoir")
